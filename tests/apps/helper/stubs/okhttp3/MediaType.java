package okhttp3;

public class MediaType {}
