package org.example.clinic;

import java.util.Map;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.Field;
import retrofit2.http.FormUrlEncoded;
import retrofit2.http.GET;
import retrofit2.http.Headers;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.QueryMap;

/** Requests that an interface declares. */
interface Api {
    @GET("patient/{id}/visits")
    Call<Object> visits(@Path("id") String id, @Query("since") String since);

    @FormUrlEncoded
    @POST("patient/sign")
    @Headers({"X-Kind: form", "X-Unit: ward 4"})
    Call<Object> sign(@Field("national_id") String id, @Field("reader") String reader);

    @POST("visit")
    Call<Object> add(@Body Visit visit);

    @GET("search")
    Call<Object> search(@QueryMap Map<String, String> words);
}
