package org.example.wire;

/** Written with a naming policy. */
public class Shaped {
    String homeAddress;
    String employerName;
}
