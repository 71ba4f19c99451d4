using System.Threading.Tasks;
namespace System.Net.Http { public class HttpClient { public Uri BaseAddress {get;set;} public Task<byte[]> GetByteArrayAsync(string u){return null;} public Task<string> GetStringAsync(string u){return null;} }  public class HttpResponseMessage {} }
namespace System.Net.Http.Json { public static class HttpClientJsonExtensions {
 public static Task<System.Net.Http.HttpResponseMessage> PostAsJsonAsync<T>(this System.Net.Http.HttpClient c, string u, T v){return null;}
 public static Task<System.Net.Http.HttpResponseMessage> PutAsJsonAsync<T>(this System.Net.Http.HttpClient c, string u, T v){return null;} } }
namespace Microsoft.Maui.Storage { public static class Preferences { public static string Get(string k,string d){return null;} public static void Set(string k,string v){} } public static class SecureStorage { public static Task SetAsync(string k,string v){return null;} } }
namespace Microsoft.Data.SqlClient { public class SqlConnection { public SqlConnection(string s){} public void Open(){} } }
