package org.example.codes;

/** Constants without a label; a record holds one. */
public enum Risk {
    LOW_RISK, SUSPICIOUS, EXTREMIST;

    /** Look-alike: how the tool works, nothing about people. */
    enum Mode {
        IDLE, SYNCING, FAILED
    }
}
