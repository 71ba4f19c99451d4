package okhttp3;
public class RequestBody {
    public static RequestBody create(MediaType type, String text) {
        return null;
    }
    public static RequestBody create(MediaType type, java.io.File file) {
        return null;
    }
}
