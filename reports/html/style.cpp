// SPDX-License-Identifier: MIT
// The style sheet. Colours are set once for light and once for dark; each text and its ground are
// at least 4.5 : 1.
#include "reports/html/blocks.hpp"

namespace xent::reports::html {

std::string_view style() {
  return R"css(
:root{color-scheme:light dark;
--ground:#fff;--panel:#f5f6f8;--ink:#1a1e24;--soft:#525a66;--line:#dcdfe4;--rule:#1a1e24;
--link:#0b57a4;--passed:#17653a;--failed:#a8141f;--failed-ground:#fdebec;--mistrusted:#7a4a00;
--h1:#0d5457;--h2:#1d7678;--h3:#8fcbc5;--h4:#bfe3de;--h5:#e2f2f0;--h6:#fff;
--on-dark:#fff;--on-light:#14292a;--h1-ink:var(--on-dark);--h2-ink:var(--on-dark);
--s0:#0b57a4;--s1:#a8480c;--s2:#17653a;--s3:#7a3aa3;--s4:#8a6100;--s5:#a8145f}
@media (prefers-color-scheme:dark){:root{
--ground:#14171b;--panel:#1d2126;--ink:#e6e9ed;--soft:#a3abb6;--line:#333941;--rule:#aeb6c1;
--link:#83b9f5;--passed:#7ccf9b;--failed:#ff9d9d;--failed-ground:#3a1b1f;--mistrusted:#e8b662;
--h1:#7fded3;--h2:#52b3ab;--h3:#256f6d;--h4:#1f5553;--h5:#1b3d3d;--h6:#14171b;
--on-dark:#10201f;--on-light:#e6f4f2;
--s0:#83b9f5;--s1:#f2a16d;--s2:#7ccf9b;--s3:#c9a0ea;--s4:#dcb85c;--s5:#f291bd}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);
font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
header,main,footer{max-width:76rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem)}
h1,h2,h3{line-height:1.2;text-wrap:balance;overflow-wrap:anywhere}
h1{font-size:1rem;font-weight:600;letter-spacing:.01em;color:var(--soft);margin:2.5rem 0 .75rem}
h2{font-size:1.5rem;letter-spacing:-.01em;margin:0 0 .5rem}
h3{font-size:1rem;margin:0 0 .4rem}
p{max-width:44rem;margin:.25rem 0 1rem}
a{color:var(--link);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem 1rem;z-index:9}
.verdict{font-size:clamp(1.2rem,.9rem + 1.2vw,1.65rem);line-height:1.35;letter-spacing:-.01em;
max-width:54rem;margin:0;text-wrap:pretty;overflow-wrap:anywhere}
.verdict b{display:block;font-size:clamp(2rem,1.5rem + 2.4vw,3.2rem);line-height:1.1;
letter-spacing:-.025em;margin-bottom:.75rem}
.verdict.passed b{color:var(--passed)}.verdict.failed b{color:var(--failed)}
.verdict.mistrusted b,.verdict.undecided b,.verdict.interrupted b{color:var(--mistrusted)}
nav ul{display:flex;flex-wrap:wrap;gap:.35rem 1.25rem;list-style:none;margin:1.75rem 0 0;padding:0;
font-size:.9375rem}
section{border-top:1px solid var(--rule);margin-top:3rem;padding-top:1.25rem;scroll-margin-top:1rem}
.scroll{position:relative;overflow-x:auto;margin:1rem 0 1.75rem}
table{border-collapse:collapse;font-size:.875rem;line-height:1.35;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding-bottom:.5rem}
th,td{padding:.4rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
tbody th:first-child,thead tr:first-child th:first-child{padding-left:0}
thead th{color:var(--soft);font-weight:500;vertical-align:bottom;border-bottom-color:var(--rule)}
thead th.group{border-bottom-color:var(--line);color:var(--ink);font-weight:600}
tbody th{font-weight:500}
.number{text-align:right}
small{display:block;font-size:.8125rem;font-weight:400;color:var(--soft)}
tbody th small{max-width:24rem;min-width:12rem}
td small{white-space:nowrap}
td.passed{color:var(--passed)}td.skipped{color:var(--soft)}
td.mistrusted,td.undecided{color:var(--mistrusted);font-weight:600}
td.failed{color:var(--failed);background:var(--failed-ground);font-weight:700}
td.skipped,td.mistrusted,td.undecided{white-space:nowrap}
td.failed small{color:var(--failed)}
td.dull,td.dull summary{color:var(--soft);font-style:italic}
.h1,.h2,.h3,.h4,.h5,.h6{border-bottom-color:var(--ground);color:var(--on-light)}
.h1 small,.h2 small,.h3 small,.h4 small,.h5 small,.h6 small{color:inherit}
.h1{background:var(--h1);color:var(--on-dark)}.h2{background:var(--h2);color:var(--on-dark)}
.h3{background:var(--h3)}.h4{background:var(--h4)}.h5{background:var(--h5)}
.h6{background:var(--h6);border-bottom-color:var(--line)}
.best strong{text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:.2em}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
summary{cursor:pointer;overflow-wrap:anywhere}
td summary{color:var(--link);white-space:nowrap}
.folded>summary{font-weight:600;padding:.35rem 0}
dl{margin:0}
.facts{margin:0 0 1.75rem}
.facts dl,.witness{display:grid;grid-template-columns:minmax(4.5rem,max-content) minmax(0,1fr);
gap:.3rem 1.25rem;font-size:.9375rem;max-width:60rem}
.facts dt{font-weight:600}.witness dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
.witness{font-size:.8125rem;gap:.1rem .8rem;margin:.35rem 0}
.witness dd,pre,code{font-family:ui-monospace,"SF Mono",Consolas,"Liberation Mono",monospace}
td .witness{width:22rem}
.finding{background:var(--panel);padding:1rem 1.25rem;margin:0 0 1rem}
.finding .message{white-space:pre-wrap;overflow-wrap:anywhere;max-width:60rem;margin:.25rem 0 .5rem}
.tag{color:var(--failed);font-weight:700}.tag.undecided{color:var(--mistrusted)}
pre{margin:.5rem 0 0;font-size:.8125rem;overflow-x:auto;padding:.6rem .8rem;background:var(--ground)}
figure{margin:1.25rem 0 0}
figcaption{font-weight:600;font-size:.875rem}
.chart{display:block;width:100%;min-width:36rem;max-width:52rem;height:auto;
font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
.chart text{fill:var(--soft);font-variant-numeric:tabular-nums}
.chart .grid{stroke:var(--line)}.chart .axis{stroke:var(--rule)}
.chart .line{fill:none;stroke:currentColor;stroke-width:2.25;stroke-linejoin:round}
.chart .dashed{stroke-dasharray:6 5}
.chart .dot{fill:currentColor}
.chart .hollow{fill:var(--ground);stroke:currentColor;stroke-width:2}
.chart .lead{fill:none;stroke:currentColor;stroke-width:.75;opacity:.6}
.chart .name{fill:currentColor;font-weight:600}
.s0{color:var(--s0)}.s1{color:var(--s1)}.s2{color:var(--s2)}
.s3{color:var(--s3)}.s4{color:var(--s4)}.s5{color:var(--s5)}
footer{color:var(--soft);font-size:.875rem;margin-top:3rem;padding-bottom:3rem}
@media (max-width:34rem){.facts dl{grid-template-columns:minmax(0,1fr);gap:0}
.facts dd{margin-bottom:.6rem}.finding{padding:.9rem 1rem}
caption{position:sticky;left:0;max-width:calc(100vw - 2rem)}}
@page{size:landscape;margin:12mm}
@media print{nav,.skip{display:none}body{font-size:9.5pt}
section{margin-top:1.5rem}.scroll{overflow:visible}tr,figure,.finding{break-inside:avoid}
h2,h3,caption{break-after:avoid}td,.chart *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
table{font-size:7.5pt}th,td{padding:.2rem .35rem}}
)css";
}

}  // namespace xent::reports::html
