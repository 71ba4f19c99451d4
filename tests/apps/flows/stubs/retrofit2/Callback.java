package retrofit2;
public interface Callback<T> { }
