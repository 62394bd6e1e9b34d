using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Hosting.Tls;
using Platform.TestKit;
using Platform.TestKit.Tls;

namespace Platform.Hosting.Tests.Tls;

/// <summary>Whom a process believes that calls another one by https, and whom it lets call.</summary>
public sealed class ServicesTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _foreign = new("Foreign authority");

    private KeyValuePair<string, string?> Authority => new("Tls:Authority", _authority.RootFile);

    public void Dispose()
    {
        _authority.Dispose();
        _foreign.Dispose();
    }

    [Fact]
    public async Task A_service_with_a_certificate_of_the_authority_is_believed()
    {
        await using var host = await SecureHost.StartAsync(_authority, _authority.Issue(["127.0.0.1"]));
        Assert.Equal("https HTTP/1.1", await CallAsync(host, Authority));
    }

    [Fact]
    public async Task One_of_a_foreign_authority_is_not()
    {
        await using var host = await SecureHost.StartAsync(_authority, _foreign.Issue(["127.0.0.1"]));
        await RefusedAsync(host, $"'127.0.0.1' is none that '{_authority.RootFile}' vouches for: ", Authority);
    }

    [Fact]
    public async Task Without_an_authority_the_system_says_who_is_believed()
    {
        await using var host = await SecureHost.StartAsync(_authority, _authority.Issue(["127.0.0.1"]));
        await RefusedAsync(host, "is not trusted by the system: ");
    }

    [Fact]
    public async Task One_with_a_certificate_for_another_name_is_not()
    {
        await using var host = await SecureHost.StartAsync(_authority, _authority.Issue(["inference", "10.0.0.7"]));
        await RefusedAsync(host, "that '127.0.0.1' shows is for 'inference', '10.0.0.7'.", Authority);
    }

    [Fact]
    public async Task One_that_shows_the_process_s_own_certificate_is_believed_under_any_name()
    {
        var shared = _foreign.Issue(["ml.example.org"]);
        await using var host = await SecureHost.StartAsync(_authority, shared);
        Assert.Equal("https HTTP/1.1", await CallAsync(host, [.. shared.Settings, Authority]));
    }

    [Fact]
    public async Task A_service_that_asks_callers_for_a_certificate_answers_those_of_its_authority_alone()
    {
        await using var host = await SecureHost.StartAsync(
            _authority, _authority.Issue(["127.0.0.1"]), new KeyValuePair<string, string?>("Tls:ClientAuthority", _authority.RootFile));

        Assert.Equal("https HTTP/1.1", await CallAsync(host, [Authority, .. _authority.Issue(["gateway"]).Settings]));
        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(host, Authority));
        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(host, [Authority, .. _foreign.Issue(["gateway"]).Settings]));
    }

    private static async Task<string> CallAsync(TestHost host, params KeyValuePair<string, string?>[] settings)
    {
        await using var caller = Caller(settings, new Said());
        using var http = caller.GetRequiredService<IHttpClientFactory>().CreateClient("services");
        return await http.GetStringAsync(new Uri(host.Address, "/protocol"));
    }

    private static async Task RefusedAsync(TestHost host, string sentence, params KeyValuePair<string, string?>[] settings)
    {
        var said = new Said();
        await using var caller = Caller(settings, said);
        using var http = caller.GetRequiredService<IHttpClientFactory>().CreateClient("services");
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(new Uri(host.Address, "/protocol")));
        Assert.Contains(said.Lines, line => line.StartsWith("A service is refused: the certificate ") && line.Contains(sentence));
    }

    private static ServiceProvider Caller(KeyValuePair<string, string?>[] settings, Said said)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddMetrics();
        services.AddLogging(logging => logging.AddProvider(said));
        services.AddHttpClient("services").CallPlatform();
        return services.BuildServiceProvider();
    }

    private sealed class Said : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Lines) Lines.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
