package okhttp3;
public final class MediaType { public static MediaType parse(String text) { return null; } }
