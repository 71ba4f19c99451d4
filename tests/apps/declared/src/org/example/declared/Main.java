package org.example.declared;

import retrofit2.Retrofit;

/** Sets the base in two pieces. */
class Main {
    static void start(Retrofit.Builder builder, Service service) {
        at(builder, "intake");
        service.list();
    }

    private static void at(Retrofit.Builder builder, String name) {
        builder.baseUrl("http://" + name + ".example.invalid:8080/api/");
    }
}
