package org.example.declared;

import retrofit2.Retrofit;

/** Sets the base in two pieces; what makes the service is handed the maker from outside. */
class Main {
    static void start(Service service) {
        service.list();
    }

    static Retrofit maker() {
        return new Retrofit.Builder().baseUrl(at("intake")).build();
    }

    static Service service(Retrofit maker) {
        return maker.create(Service.class);
    }

    private static String at(String name) {
        return "http://" + name + ".example.invalid:8080/api/";
    }
}
