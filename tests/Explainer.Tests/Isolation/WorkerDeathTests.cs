using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Registry;
using Platform.Explainer.Models;
using Platform.Onnx.Tensors;
using Platform.Onnx.Workers;
using Platform.TestKit;
using Platform.TestKit.Running;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Isolation;

/// <summary>A model that may end the process that runs it is explained in a process of its own; its death, here by a signal, ends one explanation.</summary>
public sealed class WorkerDeathTests : IAsyncLifetime
{
    private const string Endless = """{"inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[1]}],"background":[[0]]}""";

    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync() => _explainer = await ExplainerHost.StartAsync();

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Fact]
    public async Task A_model_that_divides_whole_numbers_is_explained_in_a_worker()
    {
        var version = _explainer.Registry.Add("divide", new OnnxFile().Input("x", Datatype.Int32, "n", 2).Constant("d", Datatype.Int32, [2], 3, 0)
            .Constant("two", Datatype.Int32, [2], 2, 2).Node("Max", ["d", "two"], ["m"]).Node("Div", ["x", "m"], ["q"])
            .Node("Cast", ["q"], ["y"], "", OnnxFile.Integer("to", 1)).Output("y", Datatype.FP32, "n", 2).ToArray());

        var explained = await _explainer.ExplainAsync("divide", """{"inputs":[{"name":"x","datatype":"INT32","shape":[1,2],"data":[9,8]}],"background":[[0,0]]}""");

        using var lease = await _explainer.Host.App.Services.GetRequiredService<ModelCache>().RentAsync(version, default);
        Assert.IsType<WorkerSession>(lease.Model.Session);
        Assert.Equal("exact", (string?)explained["method"]);
    }

    [Fact]
    public async Task An_explanation_that_its_worker_dies_over_is_refused_with_the_reason_and_the_next_one_is_computed()
    {
        var version = Isolate("endless", TinyModels.Endless());
        var running = _explainer.PostAsync("endless", Endless);

        await KillAsync(version);

        var problem = await running.ProblemAsync(HttpStatusCode.InternalServerError, "explainer.worker_died");
        Assert.Contains("SIGKILL", problem);
        Isolate("linear", TinyModels.Linear());
        await _explainer.ExplainAsync("linear", """{"inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":[1,2,3]}],"background":[[0,0,0]]}""");
    }

    [Fact]
    public async Task A_job_that_its_worker_dies_over_fails_once_with_the_reason()
    {
        var version = Isolate("endless", TinyModels.Endless());
        using var accepted = await _explainer.PostAsync("endless", Endless.Insert(1, "\"mode\":\"async\","));

        await KillAsync(version);

        await Eventually.TrueAsync(
            async () => (await _explainer.Http.GetAsync(accepted.Headers.Location)).StatusCode != HttpStatusCode.Accepted, "it is finished");
        await _explainer.Http.GetAsync(accepted.Headers.Location).ProblemAsync(HttpStatusCode.InternalServerError, "explainer.worker_died");
        using var lease = await _explainer.Host.App.Services.GetRequiredService<ModelCache>().RentAsync(version, default);
        Assert.Equal(1, Assert.IsType<WorkerSession>(lease.Model.Session).Status.Deaths.Values.Sum());
    }

    private ModelVersionDescription Isolate(string model, OnnxFile file) => _explainer.Registry.Add(model, file.ToArray(),
        new VersionMetadata { Serving = new ServingPolicy { Isolation = "process", Rows = "alone" } });

    /// <summary>Ends the model's worker once it computes.</summary>
    private async Task KillAsync(ModelVersionDescription version)
    {
        using var lease = await _explainer.Host.App.Services.GetRequiredService<ModelCache>().RentAsync(version, default);
        var status = Assert.IsType<WorkerSession>(lease.Model.Session).Status;
        await Eventually.TrueAsync(() => Signals.Computing(status.Process, "runs") > 0, "the worker computes");
        Signals.Send(status.Process, "KILL");
    }
}
