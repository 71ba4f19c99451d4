package org.example.clinic;

/** Hands wishes on. */
class Desk {
    void visit(Wish wish) {
        Line.send(wish);
    }
}
