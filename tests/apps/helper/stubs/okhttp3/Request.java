package okhttp3;

public class Request {
    public static class Builder {
        public native Builder url(String url);

        public native Builder post(RequestBody body);

        public native Request build();
    }
}
