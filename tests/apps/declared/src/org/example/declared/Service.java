package org.example.declared;

import retrofit2.http.GET;

/** Paths as such interfaces declare them. */
interface Service {
    @GET("residents/list")
    void list();

    @GET("/v2/faces")
    void faces();

    @GET("https://other.example.invalid/sync")
    void sync();

    @Deprecated
    void other();
}
