# SPDX-License-Identifier: GPL-3.0-or-later
# Time by strategy, as multiples of the fastest of the same work in the same epoch: every epoch
# (faint), the median (mark), its interval (bar), and times in two columns. Called as style.gp says.
FORMAT = ARG1; THEME = ARG2; OUT = ARG3; STEM = ARG4
load ARG0[1:strlen(ARG0)-strlen("time.gp")]."style.gp"
ROWS = STEM.".rows.tsv"
GROUPS = STEM.".groups.tsv"
TICKS = STEM.".ticks.tsv"

# rows.tsv: a strategy
stats ROWS using 0 nooutput
N = STATS_records
array Y[N]; array LOOK[N]; array NAME[N]; array MEDIAN[N]; array SIGN[N]
array RANGE[N]; array BEYOND[N]; array EXCUSE[N]; array FASTEST[N]
stats ROWS using (i = int($0) + 1, Y[i] = $1, LOOK[i] = strcol(5), NAME[i] = strcol(6), \
                  MEDIAN[i] = strcol(7), SIGN[i] = strcol(8), RANGE[i] = strcol(9), \
                  BEYOND[i] = strcol(10), EXCUSE[i] = strcol(11), FASTEST[i] = $12, 0) nooutput
# groups.tsv: what stands at the left of the rows, and the box behind them
stats GROUPS using 0 nooutput
M = STATS_records
array LINE[M]; array KIND[M]; array WORDS[M]; array END[M]
stats GROUPS using (i = int($0) + 1, LINE[i] = $1, KIND[i] = $2, WORDS[i] = strcol(3), \
                    END[i] = $4, 0) nooutput
stats TICKS using 0 nooutput
T = STATS_records
array TICK[T]; array TEXT[T]
stats TICKS using (i = int($0) + 1, TICK[i] = $1, TEXT[i] = strcol(2), 0) nooutput

# Ranges come after stats, which would drop what lies outside.
set logscale x
set yrange [pixels("bottom"):pixels("top")]
set xrange [pixels("min"):pixels("max")]
set xtics ("1×" 1)
do for [i=1:T] { set xtics add (TEXT[i] TICK[i]) }

x(p) = p/W
HEAD = pixels("head_y")
TOP = pixels("top")
BOTTOM = pixels("bottom")
LEFT = x(pixels("left") - 14)
RIGHT = x(pixels("right") - 6)
set label 5 text_of("best") at first 1, HEAD font F(0.85) tc rgb MUTED
set label 6 "median" at screen x(822), first HEAD right font F(0.85) tc rgb MUTED
set label 7 "95 % interval" at screen x(944), first HEAD right font F(0.85) tc rgb MUTED
set label 8 text_of("worse") at graph 0.5, first BOTTOM+50 center font F(0.9) tc rgb MUTED
set label 9 text_of("legend1") at screen x(20), first BOTTOM+78 font F(0.82) tc rgb MUTED
set label 10 text_of("legend2") at screen x(20), first BOTTOM+97 font F(0.82) tc rgb MUTED

do for [i=1:M] {
    if (KIND[i] == 3) {
        set object 2*i rectangle from graph 0, first LINE[i] to graph 1, first END[i] \
            behind fs solid noborder fc rgb BAND
        set object 2*i+1 rectangle from 1, LINE[i] to pixels("margin"), END[i] \
            behind fs solid noborder fc rgb GRID
    } else {
        set label 20+i WORDS[i] at screen x(20), first LINE[i] \
            font KIND[i] == 0 ? BOLD(1.08) : F(0.85) tc rgb KIND[i] == 1 ? MUTED : FG
    }
}
# Labels at screen positions, because a label of a plot vanishes outside its axes.
do for [i=1:N] {
    k = 100000 + 10*i
    set label k NAME[i] at screen LEFT, first Y[i] right font F(0.95) tc rgb wording(LOOK[i])
    set label k+1 MEDIAN[i] at screen x(822), first Y[i] right \
        font FASTEST[i] == 1 ? BOLD(0.95) : F(0.95) tc rgb EXCUSE[i] eq "" ? FG : MUTED
    set label k+2 SIGN[i] at screen x(827), first Y[i] left font F(0.95) tc rgb FG
    set label k+3 RANGE[i] at screen x(944), first Y[i] right font F(0.85) tc rgb MUTED
    set label k+4 EXCUSE[i] at first 1, first Y[i] left offset 1.5,0 font F(0.85) tc rgb MUTED
    set label k+5 BEYOND[i] at screen RIGHT, first Y[i] right font F(0.85) \
        tc rgb wording(LOOK[i])
}

# The line of the fastest also keeps gnuplot content if no row has a time. Intervals are vectors:
# the error bars of gnuplot 5.4 blank a disc behind every mark in svg.
soft = dark ? 0x80000000 : 0x8c000000
$fastest << EOD
1
EOD
plot $fastest using 1:(BOTTOM):(0):(TOP-BOTTOM) \
         with vectors nohead lw 1.2 lc rgb MUTED notitle, \
     STEM.".epochs.tsv" using 2:1:(rgb(colour(strcol(3)))+soft) \
         with points pt 7 ps 0.38*SMALL lc rgb variable notitle, \
     ROWS using 3:1:($4-$3):(0):(rgb(colour(strcol(5)))) \
         with vectors nohead lw 2.4 lc rgb variable notitle, \
     ROWS using 2:1:(shape(strcol(5))):(rgb(colour(strcol(5)))) \
         with points pt variable ps 1.05*MARK lc rgb variable notitle
