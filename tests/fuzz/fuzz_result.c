/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result file from a stranger who can make checksums: read, and if it is taken, written in every
 * form there is. To be fast each input takes one form, chosen by its checksum; the replay takes
 * all.
 */
#include "analysis/compare.h"
#include "cli/present.h"
#include "output/compare_table.h"
#include "output/export.h"
#include "output/report.h"
#include "output/text.h"
#include "record/checksum.h"
#include "target.h"

#include <errno.h>

#ifndef FUZZ_ALL_FORMS
#define FUZZ_ALL_FORMS 0
#endif

/* Nothing that a terminal would obey. */
static void require_lines(const char *text, bool ascii)
{
    for (size_t length; *text; text += length) {
        uint32_t code;

        length = text_decode(text, &code);
        REQUIRE(length > 0);
        REQUIRE(code == '\n' || (code >= ' ' && !text_harms(code)));
        REQUIRE(!ascii || code < 0x7f);
    }
}

static void present(const struct record *record, unsigned choice)
{
    const struct presentation what = {.metric = choice % 3, .brief = choice / 3 % 2};
    const struct style style = {.ascii = choice & 1, .width = choice % 5 ? 80 : 60};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    REQUIRE(out && present_record(out, record, &what, &style) == 0);
    REQUIRE(fclose(out) == 0);
    require_lines(text, style.ascii);
    free(text);
    (void)present_status(record);
}

/* A page whose only tags are those that we write: nothing runs, nothing is fetched. */
static void report(const struct record *record)
{
    const struct report_file file = {.record = record};
    const struct report report = {.files = &file, .count = 1, .no_pictures = "there are none"};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    REQUIRE(out && report_write(out, &report) == 0);
    REQUIRE(fclose(out) == 0);
    REQUIRE(strstr(text, "</html>"));
    REQUIRE(!strstr(text, "<script") && !strstr(text, "<img") && !strstr(text, "<iframe"));
    free(text);
}

static void export(const struct record *record, const struct export_format *format,
                   enum metric metric)
{
    char *text = NULL, *notes = NULL;
    size_t size = 0, notes_size = 0;
    struct export_job job = {.records = &record, .count = 1, .metric = metric};

    job.out = open_memstream(&text, &size);
    job.notes = open_memstream(&notes, &notes_size);
    REQUIRE(job.out && job.notes && format->write(&job) == 0);
    fclose(job.out);
    fclose(job.notes);
    REQUIRE(strlen(text) == size);
    free(text);
    free(notes);
}

static void compare(const struct record *record, enum metric metric)
{
    const struct compare_file files[] = {{.record = record, .checksum = ""},
                                         {.record = record, .checksum = ""}};
    const struct compare_settings settings = {.metric = metric, .threshold = 0.05};
    static const struct style style = {.ascii = false, .width = 80};
    struct comparison comparison;
    char *text = NULL;
    size_t size = 0;
    int r = compare_make(files, 2, &settings, &comparison);

    REQUIRE(r == 0 || r == -ENOENT);
    if (r < 0) {
        return;
    }
    FILE *out = open_memstream(&text, &size);
    REQUIRE(out && compare_table_write(out, &comparison, &style) == 0);
    fclose(out);
    require_lines(text, false);
    free(text);
    json_decref(compare_to_json(&comparison));
    compare_release(&comparison);
}

/* What is written is what was read. */
static void round_trip(const struct record *record)
{
    char why[RECORD_WHY_SIZE] = "";
    struct record again;
    json_t *document = record_to_json(record);

    REQUIRE(document);
    REQUIRE(record_from_json(document, &again, why) == 0);
    json_t *second = record_to_json(&again);
    REQUIRE(second && json_equal(document, second));
    json_decref(second);
    record_release(&again);
    json_decref(document);
}

static void use(const struct record *record, unsigned choice)
{
    unsigned form = 0, formats = 0;

    while (export_formats[formats]) {
        formats++;
    }
    for (unsigned i = 0; i < formats + 4; i++) {
        form = FUZZ_ALL_FORMS ? i : choice % (formats + 4);
        if (form < formats) {
            export(record, export_formats[form], choice % 3);
        } else if (form == formats) {
            report(record);
        } else if (form == formats + 1) {
            compare(record, choice % 3);
        } else if (form == formats + 2) {
            round_trip(record);
        } else {
            present(record, choice);
        }
        if (!FUZZ_ALL_FORMS) {
            break;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    json_object_seed(1); /* otherwise by chance, and the same input takes another way each time */
    json_t *document = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
    char hex[CHECKSUM_SIZE], why[RECORD_WHY_SIZE] = "";
    struct record record;

    if (!json_is_object(document) || checksum_make(document, hex) < 0) {
        json_decref(document);
        return 0;
    }
    REQUIRE(json_object_set_new(document, "checksum",
                                json_pack("{s:s, s:s}", "algorithm", "sha256", "value", hex)) == 0);
    int r = record_from_json(document, &record, why);
    json_decref(document);
    if (r < 0) {
        REQUIRE(r == -EPROTO);
        REQUIRE(strlen(why) > 5);
        require_printable(why);
        return 0;
    }
    use(&record, (unsigned)strtoul((char[]){hex[0], hex[1], hex[2], hex[3], '\0'}, NULL, 16));
    record_release(&record);
    return 0;
}
