/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "peers/tbb_loop.h"

#include <memory>
#include <new>

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

namespace {
struct loop {
    tbb::task_scheduler_handle handle{tbb::attach{}};
    std::unique_ptr<tbb::global_control> limit;
    std::unique_ptr<tbb::task_arena> arena;
};
} // namespace

void *tbb_loop_open(unsigned workers)
{
    try {
        auto opened = std::make_unique<loop>();

        opened->limit = std::make_unique<tbb::global_control>(
            tbb::global_control::max_allowed_parallelism, workers);
        opened->arena = std::make_unique<tbb::task_arena>(static_cast<int>(workers));
        opened->arena->initialize();
        return opened.release();
    } catch (...) {
        return nullptr;
    }
}

void tbb_loop_run(void *state, uint32_t pieces, tbb_piece *run, void *context)
{
    static_cast<loop *>(state)->arena->execute([=] {
        tbb::parallel_for(tbb::blocked_range<uint32_t>(0, pieces),
                          [=](const tbb::blocked_range<uint32_t> &range) {
                              const int lane = tbb::this_task_arena::current_thread_index();

                              for (uint32_t i = range.begin(); i != range.end(); i++) {
                                  run(context, i, static_cast<unsigned>(lane));
                              }
                          });
    });
}

void tbb_loop_close(void *state)
{
    std::unique_ptr<loop> closing(static_cast<loop *>(state));

    closing->arena.reset();
    closing->limit.reset();
    tbb::finalize(closing->handle, std::nothrow);
}
