package org.example.renamed;

/** What a visit is made of. */
final class Visit {
    String familyName;
    String cardNumber;
}
