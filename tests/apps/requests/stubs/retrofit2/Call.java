package retrofit2;
public interface Call<T> {
    T execute();
}
