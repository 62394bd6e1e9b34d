using Microsoft.Extensions.DependencyInjection;
using Platform.Client;
using Platform.Client.Transport;

namespace Platform.Clients.Tests.Dotnet;

public sealed class RegistrationTests
{
    [Fact]
    public async Task An_application_gets_one_client_that_sends_through_its_own_handlers()
    {
        var script = new Script(Script.Json("""{"items":[{"name":"m","aliases":{}}],"next":null}"""));
        var services = new ServiceCollection();
        services.AddPlatformClient(options => (options.Address, options.Key) = (new Uri("http://platform.test"), "secret"))
            .ConfigurePrimaryHttpMessageHandler(() => script);
        await using var provider = services.BuildServiceProvider();

        var client = provider.GetRequiredService<PlatformClient>();

        Assert.Same(client, provider.GetRequiredService<PlatformClient>());
        Assert.Equal("m", Assert.Single(await client.Models.ListAsync().ToListAsync()).Name);
        Assert.Equal("Bearer secret", Assert.Single(script.Seen).Headers["Authorization"]);
    }

    [Fact]
    public async Task Who_cannot_be_reached_is_named()
    {
        using var client = new PlatformClient(new PlatformClientOptions { Address = new Uri("http://127.0.0.1:1"), Attempts = 1 });
        var error = await Assert.ThrowsAsync<PlatformException>(() => client.Http.GetAsync("/v1/models"));
        Assert.Null(error.Status);
        Assert.StartsWith("http://127.0.0.1:1/ was not reached: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://platform.test", 1)]
    [InlineData("http://platform.test", 0)]
    public void What_cannot_be_is_refused_at_once(string address, int attempts) => Assert.Throws<ArgumentException>(() =>
        new PlatformClient(new PlatformClientOptions { Address = new Uri(address), Attempts = attempts }));
}
