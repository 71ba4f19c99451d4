package okhttp3;
public interface Call {
    Response execute();
}
