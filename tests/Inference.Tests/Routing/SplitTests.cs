using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Registry;
using Platform.Inference.Models;
using Platform.Inference.Tests.Grpc;
using Platform.Inference.Tests.Jobs;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Routing;

public sealed class SplitTests
{
    private const string Row = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}],"outputs":[{"name":"sum"}]}""";
    private const string ByName = """{"rows":[{"x[0]":1,"x[1]":2,"x[2]":3}]}""";

    [Theory]
    [InlineData("/v2/models/m/infer", Row)]
    [InlineData("/v1/models/m/predictions", ByName)]
    public async Task A_key_keeps_its_version_and_the_answer_says_which_and_why(string path, string body)
    {
        await using var host = await StartAsync(0.5);
        var first = new Dictionary<string, (string?, string?)>();
        for (var round = 0; round < 2; round++)
        {
            for (var key = 0; key < 40; key++)
            {
                var answer = await CallAsync(host, path, body, key: $"{key}");
                Assert.Equal(first.TryAdd($"{key}", answer) ? answer : first[$"{key}"], answer);
            }
        }

        Assert.Equal([("1", "champion"), ("2", "challenger")], first.Values.Distinct().Order());
    }

    [Fact]
    public async Task A_caller_may_ask_for_either_and_both_are_recorded_with_their_role()
    {
        await using var host = await StartAsync(0);

        Assert.Equal(("1", "champion"), await CallAsync(host, key: "k"));
        Assert.Equal(("2", "challenger"), await CallAsync(host, role: "challenger"));
        Assert.Equal(("1", "champion"), await CallAsync(host, role: "champion"));
        Assert.Equal(("2", "version"), await CallAsync(host, "/v2/models/m/versions/2/infer", Row));

        var records = await host.ReadLogAsync(4);
        Assert.Equal([("1", "champion", null), ("1", "champion", "k"), ("2", "challenger", null), ("2", "version", null)],
            records.Select(record => (record.Data.Version, record.Data.Route, record.Data.RouteKey)).Order());
    }

    [Fact]
    public async Task A_challenger_that_cannot_be_loaded_leaves_its_share_to_the_champion()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", TinyModels.Linear(1)));
        host.Registry.Register("m", "2", [1, 2, 3]);
        host.Registry.Split("m", Champion(0), Challenger(1));
        host.Signal();
        var sync = host.Services.GetRequiredService<DeploymentSync>();
        await Eventually.TrueAsync(() => sync.Failures.ContainsKey(("m", "2")), "the load fails");

        Assert.Equal(("1", "champion"), await CallAsync(host));
        Assert.Equal(("1", "champion"), await CallAsync(host, role: "challenger"));
    }

    [Fact]
    public async Task A_version_that_shares_no_requests_any_more_goes()
    {
        await using var host = await StartAsync(0.5);
        host.Registry.Split("m");
        host.Signal();

        await Eventually.TrueAsync(() => host.Models.Find("m")!.Versions.Count() == 1, "the challenger goes");
        Assert.Equal(("1", "champion"), await CallAsync(host, role: "challenger"));
    }

    [Fact]
    public async Task No_request_fails_while_shares_change_a_hundred_times_under_load()
    {
        await using var host = await StartAsync(0);
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentBag<(string?, string?)>();
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) answers.Add(await CallAsync(host));
        })).ToArray();

        for (var change = 1; change <= 100; change++)
        {
            var weight = change % 10 / 10.0;
            host.Registry.Split("m", weight == 0 ? [] : [Champion(1 - weight), Challenger(weight)]);
            host.Signal();
            await Eventually.TrueAsync(() => (host.Models.Find("m")!.FindSplit(null)?.Traffic.Shares[1].Weight ?? 0) == weight, $"the share is {weight}");
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        Assert.Subset(new HashSet<(string?, string?)> { ("1", "champion"), ("2", "challenger") }, answers.ToHashSet());
    }

    [Fact]
    public async Task Over_gRPC_the_key_and_the_role_come_as_metadata()
    {
        await using var host = await StartAsync(0);
        using var client = new GrpcClient(host.Http.BaseAddress!);

        Assert.Equal(("1", "champion"), await InferAsync(client, new Metadata { { "x-route-key", "k" } }));
        Assert.Equal(("2", "challenger"), await InferAsync(client, new Metadata { { "x-route", "challenger" } }));
    }

    [Fact]
    public async Task A_job_keeps_the_version_that_it_was_submitted_for()
    {
        await using var host = await StartAsync(1);
        var id = await host.Http.AcceptedAsync("m", Row);

        var job = await host.Http.JobAsync(id, "succeeded");
        var record = Assert.Single(await host.ReadLogAsync(1));

        Assert.Equal("2", (string?)job["version"]);
        Assert.Equal(("2", "challenger"), (record.Data.Version, record.Data.Route));
    }

    private static async Task<(string?, string?)> InferAsync(GrpcClient client, Metadata metadata)
    {
        var call = client.Infer(Grpc.Requests.Typed("m", "FP32", [1, 3], new() { Fp32Contents = { 1, 2, 3 } }), new CallOptions(metadata));
        var (answer, headers) = (await call, await call.ResponseHeadersAsync);
        Assert.Equal(headers.GetValue("x-model-version"), answer.ModelVersion);
        return (answer.ModelVersion, headers.GetValue("x-route"));
    }

    internal static DeploymentShare Champion(double weight) => new() { Version = "1", Weight = weight, Role = "champion" };

    internal static DeploymentShare Challenger(double weight) => new() { Version = "2", Weight = weight, Role = "challenger" };

    private static async Task<InferenceHost> StartAsync(double weight)
    {
        var host = await InferenceHost.StartAsync(registry =>
        {
            registry.Deploy("m", "1", TinyModels.Linear(1), metadata: Named);
            registry.Register("m", "2", TinyModels.Linear(2).ToArray(), Named);
            registry.Split("m", Champion(1 - weight), Challenger(weight));
        });
        Assert.Equal(["1", "2"], host.Models.Find("m")!.Versions.Select(slot => slot.Version));
        return host;
    }

    private static VersionMetadata Named { get; } = new() { Task = "regression" };

    internal static async Task<(string? Version, string? Route)> CallAsync(
        InferenceHost host, string path = "/v2/models/m/infer", string body = Row, string? key = null, string? role = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null) request.Headers.Add("x-route-key", key);
        if (role is not null) request.Headers.Add("x-route", role);
        using var response = await host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (response.Headers.GetValues("x-model-version").Single(), response.Headers.GetValues("x-route").Single());
    }
}
