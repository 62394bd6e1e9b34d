using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;

namespace Platform.Hosting.Tests.Defaults;

public sealed class LoggingTests
{
    private const string Routing = "Microsoft.AspNetCore.Routing.EndpointMiddleware";

    [Theory]
    [InlineData(Routing)]
    [InlineData("System.Net.Http.HttpClient.RegistryClient.LogicalHandler")]
    public void No_line_is_logged_for_every_request(string category)
    {
        var logger = Logger(category);

        Assert.False(logger.IsEnabled(LogLevel.Information));
        Assert.True(logger.IsEnabled(LogLevel.Warning));
    }

    [Fact]
    public void The_platform_itself_and_the_host_may_speak() => Assert.All(
        ["Platform.Inference.Models.VersionKeeper", "Microsoft.Hosting.Lifetime"], category => Assert.True(Logger(category).IsEnabled(LogLevel.Information)));

    [Fact]
    public void Who_asks_for_the_lines_gets_them() =>
        Assert.True(Logger(Routing, new KeyValuePair<string, string?>("Logging:LogLevel:Microsoft.AspNetCore", "Information")).IsEnabled(LogLevel.Information));

    private static ILogger Logger(string category, params KeyValuePair<string, string?>[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AskNobody();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddPlatformDefaults("test");
        return builder.Build().Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
    }
}
