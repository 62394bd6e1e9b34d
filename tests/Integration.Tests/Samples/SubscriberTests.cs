using System.Diagnostics;
using MassTransit;
using Platform.Contracts.Registry;
using Platform.Integration.Tests.Messaging;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.Samples;

[Collection(ServersCollection.Name)]
public sealed class SubscriberTests(RabbitMqServer server)
{
    [Fact]
    public async Task The_sample_subscriber_prints_what_the_platform_says()
    {
        await using var publisher = await RabbitMqHosts.StartPublisherAsync(server);
        using var subscriber = Start($"amqp://guest:guest@127.0.0.1:{server.Port}", "registry.model-promoted.v1");
        Assert.StartsWith("waiting for events", await subscriber.StandardOutput.ReadLineAsync().PatientlyAsync());

        await publisher.Bus().Publish(new ModelPromoted { Model = "credit", Version = "2" });

        var line = await subscriber.StandardOutput.ReadLineAsync().PatientlyAsync();
        subscriber.Kill();
        Assert.StartsWith("registry.model-promoted.v1", line);
        Assert.Contains("\"version\":\"2\"", line);
    }

    private static Process Start(params IEnumerable<string> arguments)
    {
        // Beside its own dependencies, built with the same configuration as this.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Repository.PathOf("samples", "subscriber", "bin", configuration, "net10.0", "Platform.Subscriber.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true })!;
    }
}
