package org.example.flows.libs;

import android.app.Activity;
import android.os.Bundle;
import android.widget.EditText;
import org.example.flows.Device;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Query;

/** Requests that an interface describes. */
public class ByRetrofit extends Activity {
    static class Person {
        String name;
    }

    interface Server {
        @POST("people")
        Call<Void> add(@Body Person person);

        @GET("device")
        Call<Void> device(@Query("id") String id);
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Server server = new Retrofit.Builder().baseUrl("http://collect.example/").build().create(Server.class);
        Person person = new Person();
        person.name = new EditText(this).getText().toString();
        server.add(person).enqueue(null);
    }

    @Override
    protected void onStart() {
        super.onStart();
        Server server = new Retrofit.Builder().baseUrl("http://collect.example/").build().create(Server.class);
        server.device(Device.phone(this).getDeviceId()).enqueue(null);
    }
}
