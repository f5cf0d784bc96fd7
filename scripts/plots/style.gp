# SPDX-License-Identifier: GPL-3.0-or-later
# One look for every picture; gnuplot 5.4 and later. A picture is drawn from data files alone:
#
#     gnuplot -d -c time.gp svg|png|pdf light|dark OUT STEM
#
# reads STEM.words.tsv, STEM.rows.tsv and the others that bench/output/plot.h names.
#
# Nothing is markup here (noenhanced): the texts may come from anywhere. Positions in the data
# are pixels from the upper left corner, so both terminals place them alike.
set encoding utf8
set datafile separator "\t"

# words.tsv: names and values
stats STEM.".words.tsv" using 0 nooutput
array NAMES[STATS_records]
array VALUES[STATS_records]
stats STEM.".words.tsv" using (NAMES[int($0)+1] = strcol(1), VALUES[int($0)+1] = strcol(2), 0) \
    nooutput
text_from(k, i) = i > |NAMES| ? "" : NAMES[i] eq k ? VALUES[i] : text_from(k, i + 1)
text_of(k) = text_from(k, 1)
pixels(k) = real(text_of(k))
W = pixels("width")
H = pixels("height")

# Colours of both themes. The same pairs stand in bench/output/svg_theme.c; a test compares them.
dark = THEME eq "dark"
BG      = dark ? "#14171c" : "#ffffff"    # page, and words on dark bars
FG      = dark ? "#e6e9ee" : "#1b1f24"    # titles, values          (at least 12:1 on the page)
MUTED   = dark ? "#a3abb5" : "#57606a"    # axes, notes             (at least 4.5:1)
GRID    = dark ? "#2c323a" : "#e1e4e8"
MID     = dark ? "#59626d" : "#a9b1ba"    # between the two, for areas
BAND    = dark ? "#20252c" : "#f1f3f5"    # behind data
INK     = dark ? "#14171c" : "#0b0d10"    # words on pale bars
# Strategies: hue is the kind (blue threads, orange processes), lightness is pool or not.
SERIAL  = dark ? "#9aa3ad" : "#5f6670"
PTHREAD = dark ? "#459de8" : "#00508f"
T_POOL  = dark ? "#aedaff" : "#2b8fd9"
FORK    = dark ? "#ff7433" : "#a43d00"
P_POOL  = dark ? "#ffd490" : "#dd7a00"
# The pool colours are too pale for words on white.
T_WORD  = dark ? "#aedaff" : "#1b6eb3"
P_WORD  = dark ? "#ffd490" : "#a05800"

rgb(c) = int("0x".c[2:7])
colour(s) = s eq "pthread" ? PTHREAD : s eq "thread-pool" ? T_POOL : s eq "fork" ? FORK : s eq \
    "process-pool" ? P_POOL : s eq "text" ? FG : s eq "muted" ? MUTED : s eq "grid" ? GRID : s eq \
    "band" ? BAND : s eq "mid" ? MID : SERIAL
# "on-fork": words on the colour of fork
wording(s) = s[1:3] eq "on-" ? inking(s[4:*]) : s eq "thread-pool" ? T_WORD : s eq "process-pool" \
    ? P_WORD : colour(s)
inking(s) = s eq "thread-pool" || s eq "process-pool" ? INK : BG
# Kind is also told by shape, for those who cannot tell the colours: circles are threads, squares
# processes, a diamond is serial, a triangle something unknown.
shape(s) = s eq "pthread" || s eq "thread-pool" ? 7 : s eq "fork" || s eq "process-pool" ? 5 : s \
    eq "serial" ? 13 : 9

cairo = FORMAT ne "svg"
SIZE = cairo ? 12 : 16                      # points for cairo, pixels for svg
MARK = cairo ? 1.0 : 0.5                    # svg draws marks larger
SMALL = cairo ? 1.0 : 0.7
F(k) = sprintf("Sans,%g", SIZE * k)
BOLD(k) = sprintf("Sans:Bold,%g", SIZE * k)
if (FORMAT eq "pdf") {
    set terminal pdfcairo noenhanced size 1.0*W/96,1.0*H/96 font F(1) fontscale 1 linewidth 1 \
        pointscale 1 background rgb BG butt dashlength 0.8
} else { if (cairo) {
    set terminal pngcairo noenhanced size 2*W,2*H font F(1) fontscale 2 linewidth 2 pointscale 2 \
        background rgb BG butt dashlength 0.8
} else {
    set terminal svg noenhanced size W,H dynamic font F(1) fontscale 1 linewidth 1 background rgb \
        BG butt name "plot"
} }
set output OUT

set border 0
TICS = F(0.9)
set tics nomirror scale 0 textcolor rgb MUTED font TICS
set xtics offset 0,0.2
set format "%g"
set grid xtics noytics lt 1 lc rgb GRID lw 1
set key off
unset colorbox
unset ytics
set lmargin at screen pixels("left")/W
set rmargin at screen pixels("right")/W
set tmargin at screen 1 - pixels("top")/H
set bmargin at screen 1 - pixels("bottom")/H

# Labels from 1 to 9 belong to the head, which every picture has.
do for [i=1:2] {
    set label i text_of(sprintf("title%d", i)) at screen 20.0/W, screen 1-(27.0*i+4)/H \
        font BOLD(1.3) tc rgb FG
    set label 2+i text_of(sprintf("method%d", i)) at screen 20.0/W, \
        screen 1-(pixels("method_y")+21*(i-1))/H font F(0.88) tc rgb MUTED
}
