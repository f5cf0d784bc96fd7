# SPDX-License-Identifier: GPL-3.0-or-later
# Areas, lines, marks and words at their places: all pictures but timeline and time. What stands
# where, axes included, is in the data files. Called as style.gp says.
FORMAT = ARG1; THEME = ARG2; OUT = ARG3; STEM = ARG4
load ARG0[1:strlen(ARG0)-strlen("chart.gp")]."style.gp"
AREAS = STEM.".areas.tsv"
LINES = STEM.".lines.tsv"
MARKS = STEM.".marks.tsv"
LABELS = STEM.".labels.tsv"

stats LABELS using 0 nooutput
N = STATS_records
array X[N]; array Y[N]; array PAGE[N]; array SIDE[N]; array FACE[N]; array ANGLE[N]
array LOOK[N]; array WORDS[N]
stats LABELS using (i = int($0) + 1, X[i] = $1, Y[i] = $2, PAGE[i] = $3, SIDE[i] = $4, \
                    FACE[i] = $5, ANGLE[i] = $6, LOOK[i] = strcol(7), WORDS[i] = strcol(8), 0) \
    nooutput

# leaders.tsv: thin lines from names to what they name.
LEADERS = STEM.".leaders.tsv"
L = int(text_of("leaders"))
array LX[L+1]; array LY[L+1]; array LX2[L+1]; array LY2[L+1]; array LOOKS[L+1]
if (L > 0) { stats LEADERS using (i = int($0) + 1, LX[i] = $1, LY[i] = $2, LX2[i] = $3, LY2[i] = $4, \
                     LOOKS[i] = strcol(5), 0) nooutput }
do for [i=1:L] {
    set arrow i from screen LX[i]/W, screen 1-LY[i]/H to screen LX2[i]/W, screen 1-LY2[i]/H \
        nohead lw 0.8 lc rgb colour(LOOKS[i])
}

# Ranges come after stats, which would drop what lies outside.
unset xtics
unset ytics
if (pixels("xlog")) { set logscale x }
if (pixels("ylog")) { set logscale y }
set xrange [pixels("xmin"):pixels("xmax")]
set yrange [pixels("ymin"):pixels("ymax")]
set clip two                              # a rounded end may lie a hair outside

# Words at screen positions, because a label of a plot vanishes outside its axes.
font(f) = f == 2 ? BOLD(0.98) : f == 1 ? F(0.95) : f == 3 ? F(0.72) : F(0.85)
do for [i=1:N] {
    k = 100 + i
    if (PAGE[i] == 1) {
        set label k WORDS[i] at screen X[i]/W, screen 1-Y[i]/H font font(FACE[i]) \
            rotate by ANGLE[i] tc rgb wording(LOOK[i]) front
    } else {
        set label k WORDS[i] at first X[i], first Y[i] font font(FACE[i]) \
            rotate by ANGLE[i] tc rgb wording(LOOK[i]) front
    }
    # Not a variable of the command above, so it is said once more.
    if (SIDE[i] == 1) { set label k center }
    if (SIDE[i] == 2) { set label k right }
}

# Lines by style; other styles are no numbers there. Intervals are lines, since the error bars of
# gnuplot 5.4 blank a disc behind every mark in svg.
only(yes, v) = yes ? v : NaN
soft = dark ? 0x8c000000 : 0x99000000
plot AREAS using (($1+$3)/2):(($2+$4)/2):1:3:2:4:(rgb(colour(strcol(5)))) \
         with boxxyerror fs solid 1 noborder lc rgb variable notitle, \
     LINES using 1:(only($3 == 6, $2)):(rgb(colour(strcol(4)))) \
         with lines lt 1 lw 1 lc rgb variable notitle, \
     MARKS using 1:(only($3 == 0, $2)):(rgb(colour(strcol(4)))+soft) \
         with points pt 7 ps 0.38*SMALL lc rgb variable notitle, \
     LINES using 1:(only($3 == 1, $2)):(rgb(colour(strcol(4)))) \
         with lines lt 1 dt (8,6) lw 1.2 lc rgb variable notitle, \
     LINES using 1:(only($3 == 2, $2)):(rgb(colour(strcol(4)))) \
         with lines lt 1 dt (3,3) lw 1 lc rgb variable notitle, \
     LINES using 1:(only($3 == 5, $2)):(rgb(colour(strcol(4)))) \
         with lines lt 1 lw 0.8 lc rgb variable notitle, \
     LINES using 1:(only($3 == 0, $2)):(rgb(colour(strcol(4)))) \
         with lines lt 1 lw 1.6 lc rgb variable notitle, \
     LINES using 1:(only($3 == 4, $2)):(rgb(colour(strcol(4)))) \
         with lines lt 1 lw 2.2 lc rgb variable notitle, \
     LINES using 1:(only($3 == 3, $2)):(rgb(colour(strcol(4)))) \
         with lines lt 1 lw 2.4 lc rgb variable notitle, \
     MARKS using 1:(only($3 == 1, $2)):(shape(strcol(4))):(rgb(colour(strcol(4)))) \
         with points pt variable ps 0.95*MARK lc rgb variable notitle, \
     MARKS using 1:(only($3 == 3, $2)):(rgb(colour(strcol(4)))) \
         with points pt 13 ps 1.5*MARK lc rgb variable notitle, \
     MARKS using 1:(only($3 == 2, $2)) \
         with points pt 7 ps 1.7*MARK lc rgb BG notitle, \
     MARKS using 1:(only($3 == 2, $2)):(rgb(colour(strcol(4)))) \
         with points pt 6 ps 1.7*MARK lw 2.2 lc rgb variable notitle
