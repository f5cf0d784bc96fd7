/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether there is a hypervisor or a container around us, by the marks that systemd-detect-virt
 * also looks for, without running a program and without looking at other processes. Only names
 * from these tables get out, so no file can smuggle the name of a machine into a result. */
#include "record/probe.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#define CPUID_FLAG 1
#else
#define CPUID_FLAG 0
#endif

struct mark {
    const char *text, *name;
};

/* The end of each table has text NULL. Prefixes of what DMI says of vendor and product. */
static const struct mark dmi_marks[] = {
    {"Amazon EC2", "amazon"},
    {"Apple Virtualization", "apple"},
    {"BHYVE", "bhyve"},
    {"Bochs", "bochs"},
    {"Google Compute", "google"},
    {"Hyper-V", "microsoft"},
    {"KVM", "kvm"},
    {"OpenStack", "kvm"},
    {"Parallels", "parallels"},
    {"QEMU", "qemu"},
    {"RHEV", "kvm"},
    {"Virtual Machine", "microsoft"},
    {"VirtualBox", "oracle"},
    {"VMW", "vmware"},
    {"VMware", "vmware"},
    {"Xen", "xen"},
    {"innotek GmbH", "oracle"},
    {NULL, NULL},
};

static const struct mark cpuid_marks[] = {
    {"ACRNACRNACRN", "acrn"},      {"KVMKVMKVM", "kvm"},         {"Linux KVM Hv", "kvm"},
    {"Microsoft Hv", "microsoft"}, {"QNXQVMBSQG", "qnx"},        {"TCGTCGTCGTCG", "qemu"},
    {"VBoxVBoxVBox", "oracle"},    {"VMwareVMware", "vmware"},   {"XenVMMXenVMM", "xen"},
    {"bhyve bhyve ", "bhyve"},     {" lrpepyh vr", "parallels"}, {NULL, NULL},
};

static const struct mark container_marks[] = {
    {"docker", "docker"},   {"lxc", "lxc"},
    {"lxc-libvirt", "lxc"}, {"oci", "oci"},
    {"openvz", "openvz"},   {"podman", "podman"},
    {"proot", "proot"},     {"rkt", "rkt"},
    {"wsl", "wsl"},         {"systemd-nspawn", "systemd-nspawn"},
    {NULL, NULL},
};

static const char *mark_find(const struct mark *marks, const char *text, bool prefix)
{
    for (; marks->text; marks++) {
        if (prefix ? !strncmp(text, marks->text, strlen(marks->text))
                   : !strcmp(text, marks->text)) {
            return marks->name;
        }
    }
    return NULL;
}

void hypervisor_vendor(char vendor[13])
{
    memset(vendor, 0, 13);
#if CPUID_FLAG
    unsigned eax, ebx, ecx, edx;

    /* Bit 31 of leaf 1 is reserved for hypervisors to say that they are there. */
    if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) && (ecx & (1u << 31))) {
        __cpuid(0x40000000, eax, ebx, ecx, edx);
        memcpy(vendor, &ebx, 4);
        memcpy(vendor + 4, &ecx, 4);
        memcpy(vendor + 8, &edx, 4);
        if (!vendor[0]) {
            vendor[0] = '?';
        }
    }
#endif
}

static const char *dmi_find(const char *root)
{
    static const char *const files[] = {"product_name", "sys_vendor", "board_vendor", "bios_vendor",
                                        NULL};
    const char *name = NULL;
    char line[128];
    size_t i;

    for (i = 0; files[i] && !name; i++) {
        if (!first_line_read(line, sizeof(line), "%s/sys/class/dmi/id/%s", root, files[i])) {
            name = mark_find(dmi_marks, line, true);
        }
    }
    return name;
}

const char *virtualisation_name(const char *root, const char *vendor)
{
    const char *name;
    char line[128];

    if (!first_line_read(line, sizeof(line), "%s/sys/hypervisor/type", root) &&
        !strcmp(line, "xen")) {
        return "xen";
    }
    /* DMI first: clouds write their name there and "KVMKVMKVM" into CPUID. */
    name = dmi_find(root);
    if (name) {
        return name;
    }
    if (*vendor) {
        name = mark_find(cpuid_marks, vendor, false);
        return name ? name : "other";
    }
    if (!first_line_read(line, sizeof(line), "%s/proc/device-tree/hypervisor/compatible", root)) {
        return strstr(line, "xen") ? "xen" : (strstr(line, "kvm") ? "kvm" : "other");
    }
    /* Only x86 has a flag whose absence says something. */
    return CPUID_FLAG ? "none" : NULL;
}

static bool path_exists(const char *root, const char *path)
{
    char name[PATH_MAX];
    int length = snprintf(name, sizeof(name), "%s%s", root, path);

    return length > 0 && (size_t)length < sizeof(name) && !access(name, F_OK);
}

const char *container_name(const char *root)
{
    /* PROC_PID_INIT_INO of the kernel: the number of the machine's first process namespace. */
    static const char first_namespace[] = "pid:[4026531836]";
    char line[PATH_MAX], link[sizeof(first_namespace) + 8];
    const char *name;
    ssize_t length;

    if (!first_line_read(line, sizeof(line), "%s/run/systemd/container", root)) {
        name = mark_find(container_marks, line, false);
        return name ? name : "other";
    }
    if (path_exists(root, "/run/secrets/kubernetes.io")) {
        return "kubernetes";
    }
    if (path_exists(root, "/run/.containerenv")) {
        return "podman";
    }
    if (path_exists(root, "/.dockerenv")) {
        return "docker";
    }
    (void)snprintf(line, sizeof(line), "%s/proc/self/ns/pid", root);
    length = readlink(line, link, sizeof(link) - 1);
    if (length < 0) {
        return NULL;
    }
    link[length] = '\0';
    return strcmp(link, first_namespace) ? "other" : "none";
}
