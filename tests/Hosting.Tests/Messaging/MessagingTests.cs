using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Contracts.Registry;
using Platform.Hosting.Messaging;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Messaging;

public sealed class MessagingTests
{
    [Fact]
    public async Task Two_services_in_one_process_both_hear_an_event()
    {
        var heard = new Heard();
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(heard);
        builder.AddPlatformMessaging(
            new ServiceMessaging("first", bus => bus.AddConsumer<FirstConsumer>().Endpoint(endpoint => endpoint.Name = "first-on-promoted")),
            new ServiceMessaging("second", bus => bus.AddConsumer<SecondConsumer>().Endpoint(endpoint => endpoint.Name = "second-on-promoted")));
        await using var app = builder.Build();
        await app.StartAsync();

        var promoted = new ModelPromoted { Model = "credit", Version = "2", At = DateTimeOffset.UnixEpoch, By = "ann" };
        await app.Services.GetRequiredService<IBus>().Publish(promoted);

        Assert.Equal(promoted, await heard.First.Task.PatientlyAsync());
        Assert.Equal(promoted, await heard.Second.Task.PatientlyAsync());
    }

    private sealed class Heard
    {
        public TaskCompletionSource<ModelPromoted> First { get; } = new();
        public TaskCompletionSource<ModelPromoted> Second { get; } = new();
    }

    private sealed class FirstConsumer(Heard heard) : IConsumer<ModelPromoted>
    {
        public Task Consume(ConsumeContext<ModelPromoted> context)
        {
            heard.First.TrySetResult(context.Message);
            return Task.CompletedTask;
        }
    }

    private sealed class SecondConsumer(Heard heard) : IConsumer<ModelPromoted>
    {
        public Task Consume(ConsumeContext<ModelPromoted> context)
        {
            heard.Second.TrySetResult(context.Message);
            return Task.CompletedTask;
        }
    }
}
