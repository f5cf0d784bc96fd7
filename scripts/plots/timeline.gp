# SPDX-License-Identifier: GPL-3.0-or-later
# Who did what, when: one lane a worker, one bar a task, all strategies on one clock. Called as
# style.gp says.
FORMAT = ARG1; THEME = ARG2; OUT = ARG3; STEM = ARG4
load ARG0[1:strlen(ARG0)-strlen("timeline.gp")]."style.gp"
BLOCKS = STEM.".blocks.tsv"
SPANS = STEM.".spans.tsv"

# blocks.tsv: a strategy
stats BLOCKS using 0 nooutput
N = STATS_records
array Y[N]; array LAST[N]; array WALL[N]; array LOOK[N]; array NAME[N]
array WORKERS[N]; array TOTAL[N]; array NOTE[N]; array BESIDE[N]
stats BLOCKS using (i = int($0) + 1, Y[i] = $1, LAST[i] = $2, WALL[i] = $3, LOOK[i] = strcol(4), \
                    NAME[i] = strcol(5), WORKERS[i] = strcol(6), TOTAL[i] = strcol(7), \
                    NOTE[i] = strcol(8), BESIDE[i] = $9, 0) nooutput

XMAX = pixels("max") * 1.003
HALF = 14.0                               # half the height of a bar
x(p) = p/W
LEFT = x(pixels("left") - 12)
AXIS = pixels("axis_y")
# Ranges come after stats, which would drop what lies outside.
set xrange [0:XMAX]
set yrange [pixels("bottom"):pixels("top")]
set label 5 text_of("axis") at graph 0.5, first AXIS center font F(0.95) tc rgb MUTED
set label 6 text_of("legend") at screen x(20), first AXIS+28 font F(0.82) tc rgb MUTED

do for [i=1:N] {
    k = 10*i
    beneath = Y[i] + (LAST[i] > Y[i] ? 34 : 26)
    set label k NAME[i] at screen LEFT, first Y[i] right font BOLD(1) tc rgb wording(LOOK[i])
    set label k+1 WORKERS[i] at screen LEFT, first beneath right font F(0.85) tc rgb MUTED
    set arrow k from WALL[i], Y[i]-HALF-5 to WALL[i], LAST[i]+HALF+5 \
        nohead lw 1.6 lc rgb FG front
    if (BESIDE[i] >= 1) {
        set label k+2 TOTAL[i] at WALL[i], Y[i] left offset 0.9,0 font BOLD(0.95) tc rgb FG front
    } else {
        set label k+2 TOTAL[i] at WALL[i], LAST[i]+30 right font BOLD(0.95) tc rgb FG front
    }
    if (BESIDE[i] == 2) {
        set label k+3 NOTE[i] at WALL[i], beneath left offset 0.9,0 font F(0.85) tc rgb MUTED front
    } else {
        set label k+3 NOTE[i] at 0, LAST[i]+28 left font F(0.85) tc rgb MUTED front
    }
}

# Bars are a hair shorter than their tasks, so that neighbours can be told apart, but never
# shorter than that. A task that failed is an outline with words in the colour of its strategy,
# wide enough for its "!" however short it was.
hair = XMAX * 0.0011
room = 12*hair                            # for a "!"
from(a, b) = b - a > 4*hair ? a + hair : a
till(a, b, m) = b - a > 4*hair && b - a > m ? b - hair : b > a + m ? b : a + m
only(failed, v) = failed ? v : NaN
# The same for a task that failed, kept inside the axis.
fail_from(a, b) = from(a, b) + room > XMAX ? XMAX - room : from(a, b)
fail_till(a, b) = till(fail_from(a, b), b, room)
middle(failed, a, b) = failed == 1 ? (fail_from(a, b) + fail_till(a, b))/2 : (a + b)/2
plot STEM.".lanes.tsv" using (0):1:(0):(XMAX):($1-HALF):($1+HALF) \
         with boxxyerror fs solid 1 noborder lc rgb BAND notitle, \
     SPANS using (only($4 == 0, $2)):1:(from($2, $3)):(till($2, $3, hair)) \
                 :($1-HALF):($1+HALF):(rgb(colour(strcol(5)))) \
         with boxxyerror fs solid 1 noborder lc rgb variable notitle, \
     SPANS using (only($4 == 1, $2)):1:(fail_from($2, $3)):(fail_till($2, $3)) \
                 :($1-HALF+1):($1+HALF-1) \
         with boxxyerror fs solid 1 noborder lc rgb BAND notitle, \
     SPANS using (only($4 == 1, $2)):1:(fail_from($2, $3)):(fail_till($2, $3)) \
                 :($1-HALF+1):($1+HALF-1):(rgb(colour(strcol(5)))) \
         with boxxyerror fs empty border lw 2 lc rgb variable notitle, \
     SPANS using (middle($4, $2, $3)):1:6 \
                 :(rgb($4 == 1 ? wording(strcol(5)) : inking(strcol(5)))) \
         with labels center tc rgb variable font F(0.95) notitle
