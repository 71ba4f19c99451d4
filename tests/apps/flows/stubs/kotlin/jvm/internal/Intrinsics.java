package kotlin.jvm.internal;
public class Intrinsics { public static String stringPlus(String text, Object other) { return null; } }
