package org.example;
public final class Helper {
    private Helper() { }
    public static int two() { return 2; }
}
