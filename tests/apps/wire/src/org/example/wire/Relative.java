package org.example.wire;

/** Held by a record. */
public class Relative {
    String relationCode;
    String workPlace;
}
