using System.Collections.Concurrent;
using System.Globalization;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Registry;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.Messaging;

/// <summary>Processes on one broker, each a host of its own with its own container.</summary>
internal static class RabbitMqHosts
{
    /// <summary>What a process must be told to use the broker.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> Settings(RabbitMqServer server) =>
    [
        new("Messaging:Transport", "rabbitmq"),
        new("Messaging:RabbitMq:Port", server.Port.ToString(CultureInfo.InvariantCulture)),
    ];

    public static Task<TestHost> StartPublisherAsync(RabbitMqServer server) =>
        StartAsync(server, _ => { }, ServiceMessaging.PublishOnly("registry"));

    public static Task<TestHost> StartListenerAsync(RabbitMqServer server, Heard heard) =>
        StartAsync(server, services => services.AddSingleton(heard), new ServiceMessaging("test",
            bus => bus.AddConsumer<Listener, ListenerDefinition>()));

    public static async Task<TestHost> StartAsync(RabbitMqServer server, Action<IServiceCollection> add, ServiceMessaging messaging)
    {
        var host = await TestHost.StartAsync(builder =>
        {
            builder.AddPlatformDefaults("test");
            add(builder.Services);
            builder.AddPlatformMessaging(messaging);
        }, app => app.MapPlatformDefaults(), [.. Settings(server)]);
        await Eventually.TrueAsync(async () => (await host.Http.GetAsync("/health/ready")).IsSuccessStatusCode, "the host is ready");
        return host;
    }

    public static IBus Bus(this TestHost host) => host.App.Services.GetRequiredService<IBus>();
}

/// <summary>What a listener has consumed.</summary>
internal sealed class Heard(string queue)
{
    public string Queue { get; } = queue;

    public ConcurrentQueue<ModelPromoted> Messages { get; } = new();

    /// <summary>Runs before a message counts as consumed.</summary>
    public Func<ModelPromoted, Task> Before { get; set; } = _ => Task.CompletedTask;

    public Task AtLeastAsync(int count) =>
        Eventually.TrueAsync(() => Messages.Count >= count, $"{count} messages arrive");
}

internal sealed class Listener(Heard heard) : IConsumer<ModelPromoted>
{
    public async Task Consume(ConsumeContext<ModelPromoted> context)
    {
        await heard.Before(context.Message);
        heard.Messages.Enqueue(context.Message);
    }
}

internal sealed class ListenerDefinition : ConsumerDefinition<Listener>
{
    public ListenerDefinition(Heard heard) => (EndpointName, ConcurrentMessageLimit) = (heard.Queue, 4);

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<Listener> consumer, IRegistrationContext context) =>
        endpoint.UseMessageRetry(retry => retry.Intervals(10, 20, 40));
}
