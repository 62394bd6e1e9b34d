using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Inference.Predictions;
using Platform.Inference.Requests;
using Platform.Inference.Settings;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Routing;

public sealed class ShadowTests
{
    [Fact]
    public async Task The_champion_answers_and_the_shadow_is_recorded_beside_it()
    {
        await using var host = await StartAsync(TinyModels.Linear(2));

        Assert.Equal(("1", "champion"), await SplitTests.CallAsync(host));

        var records = (await host.ReadLogAsync(2)).OrderBy(record => record.Id.Length).ToArray();
        Assert.Equal([("1", "champion"), ("2", "shadow")], records.Select(record => (record.Data.Version, record.Data.Route)));
        Assert.Equal(records[0].Id + ".shadow", records[1].Id);
        Assert.Equal(records[0].Data.Inputs[0].Data.GetRawText(), records[1].Data.Inputs[0].Data.GetRawText());
        Assert.NotEqual(records[0].Data.Outputs[0].Data.GetRawText(), records[1].Data.Outputs[0].Data.GetRawText());
    }

    [Fact]
    public async Task A_shadow_that_refuses_every_request_is_nobodys_concern_and_recorded()
    {
        await using var host = await StartAsync(TinyModels.Add());

        Assert.Equal(("1", "champion"), await SplitTests.CallAsync(host));

        var shadow = (await host.ReadLogAsync(2)).Single(record => record.Data.Route == "shadow");
        Assert.Equal(("2", "rejected"), (shadow.Data.Version, shadow.Data.Status));
        Assert.NotEmpty(shadow.Data.Error!);
    }

    [Fact]
    public async Task Only_its_share_of_the_keys_is_shadowed()
    {
        await using var host = await StartAsync(TinyModels.Linear(2), share: 0.5);
        for (var key = 0; key < 20; key++) await SplitTests.CallAsync(host, key: $"{key}");
        var traffic = host.Models.Find("m")!.FindSplit(null)!.Traffic;
        var shadowed = Enumerable.Range(0, 20).Select(key => $"{key}").Where(traffic.IsShadowed).ToArray();
        Assert.InRange(shadowed.Length, 1, 19);

        var records = await host.ReadLogAsync(20 + shadowed.Length);
        Assert.Equal(shadowed, records.Where(record => record.Data.Route == "shadow").Select(record => record.Data.RouteKey!).OrderBy(int.Parse));
    }

    [Fact]
    public async Task What_finds_no_room_goes_without_a_shadow_and_is_counted()
    {
        await using var host = await StartAsync(TinyModels.Linear(2));
        long dropped = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, me) =>
        {
            if (instrument.Name == "platform.inference.shadows") me.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => dropped += tags[0].Value is ShadowMetrics.Dropped ? count : 0);
        listener.Start();
        var queue = new ShadowQueue(Options.Create(new ServingOptions { Shadow = new() { MaxWaiting = 2, MaxBytesWaiting = 2500 } }),
            host.Services.GetRequiredService<ShadowMetrics>());

        foreach (var size in (int[])[1000, 1000, 1000]) queue.Offer(Request(size)); // the third has no bytes left
        Assert.Equal(1, dropped);
        await foreach (var taken in queue.TakeAllAsync(CancellationToken.None))
        {
            queue.Done(taken);
            break;
        }

        queue.Offer(Request(1)); // both bytes and a place are free
        queue.Offer(Request(1)); // now no place is
        Assert.Equal(2, dropped);
    }

    private static ShadowedRequest Request(int bytes) =>
        new("m", null, new byte[bytes], (_, _, _) => null, new PredictionFacts { Id = "1", RequestId = "1", Route = "champion", At = default, Started = 0 });

    private static async Task<InferenceHost> StartAsync(OnnxFile shadow, double share = 1) => await InferenceHost.StartAsync(registry =>
    {
        registry.Deploy("m", "1", TinyModels.Linear(1));
        registry.Register("m", "2", shadow.ToArray());
        registry.Split("m", SplitTests.Champion(1), new DeploymentShare { Version = "2", Weight = share, Role = "shadow" });
    });
}
