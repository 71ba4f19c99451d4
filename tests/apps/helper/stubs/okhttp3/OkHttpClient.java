package okhttp3;

public class OkHttpClient {
    public native Call newCall(Request request);
}
