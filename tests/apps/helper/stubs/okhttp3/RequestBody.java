package okhttp3;

public class RequestBody {
    public static native RequestBody create(MediaType type, String content);
}
