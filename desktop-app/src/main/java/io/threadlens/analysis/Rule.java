package io.threadlens.analysis;

import java.util.List;

/** Looks for one thing that keeps a program from scaling. Says nothing where it has no evidence. Each is described in docs/findings.md. */
interface Rule {
    List<Finding> findings(Facts facts);
}
