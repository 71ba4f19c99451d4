// Just as much of the platform and of libraries as visit.cs names; compiled apart, never in the sample.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace System.Net.Http {
    public class HttpContent { }
    public class StringContent : HttpContent { public StringContent(string a, object b, string c) { } }
    public class FormUrlEncodedContent : HttpContent { public FormUrlEncodedContent(IEnumerable<KeyValuePair<string, string>> a) { } }
    public class HttpMethod { public static HttpMethod Put { get { return null; } } }
    public class HttpResponseMessage { }
    public class HttpRequestMessage { public HttpRequestMessage(HttpMethod a, string b) { } public HttpContent Content { get; set; } }
    public class HttpClient {
        public System.Uri BaseAddress { get; set; }
        public Task<string> GetStringAsync(string a) { return null; }
        public Task<HttpResponseMessage> PostAsync(string a, HttpContent b) { return null; }
        public Task<HttpResponseMessage> SendAsync(HttpRequestMessage a) { return null; }
    }
}
namespace Newtonsoft.Json {
    public class JsonPropertyAttribute : System.Attribute { public JsonPropertyAttribute(string a) { } }
    public static class JsonConvert { public static string SerializeObject(object a) { return null; } }
}
namespace Android.Telephony { public class TelephonyManager { public string DeviceId { get { return null; } } public string GetImei(int a) { return null; } } }
namespace Android.OS { public class Build { public static string Model { get { return null; } } } }
namespace Android.Provider {
    public class Settings { public class Secure { public static string GetString(object a, string b) { return null; } } }
}
