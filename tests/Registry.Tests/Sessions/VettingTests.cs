using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Onnx.Tensors;
using Platform.Registry.Sessions;
using Platform.Registry.Tests.Gates;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests.Sessions;

/// <summary>Beside nothing else: it ends whatever this process has for children.</summary>
[CollectionDefinition(nameof(VettingTests), DisableParallelization = true)]
[Collection(nameof(VettingTests))]
public sealed class VettingTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    private const long Ticks = 100; // of a hundredth of a second: more than starting and loading take

    [Theory]
    [InlineData("KILL", "was ended by signal 9 (SIGKILL)")]
    [InlineData("SEGV", "was ended by signal 11 (SIGSEGV)")]
    [InlineData("ABRT", "was ended by signal 6 (SIGABRT)")]
    public async Task The_death_of_the_process_that_looks_at_a_file_refuses_the_file_and_nothing_else_notices(string signal, string told)
    {
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, new UploadBody { Model = TinyModels.Endless().ToArray(), Reference = "x\n1\n" });

        var promotion = registry.Http.PostAsJsonAsync($"/v1/models/{model}/promotions", new { version = "1" });
        await KillChildrenAsync(signal, promotion);
        var problem = await promotion.JsonAsync(HttpStatusCode.UnprocessableEntity);

        var gate = problem["gates"]!.AsArray().First(gate => !gate!["passed"]!.GetValue<bool>())!;
        Assert.Contains(told, gate["detail"]!.GetValue<string>());
        await registry.PromoteAsync(await registry.RegisterWithVersionsAsync(1), "1");
    }

    [Fact]
    public async Task A_caller_who_gives_up_ends_the_process()
    {
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, new UploadBody { Model = TinyModels.Endless().ToArray(), Reference = "x\n1\n" });
        using var patience = new CancellationTokenSource();

        var promotion = registry.Http.PostAsJsonAsync($"/v1/models/{model}/promotions", new { version = "1" }, patience.Token);
        await Eventually.TrueAsync(() => BusyChildren().Count > 0, "a process tries the version out");
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => promotion);
        await Eventually.TrueAsync(() => BusyChildren().Count == 0, "the process is gone");
    }

    [Fact]
    public async Task A_small_file_that_would_become_large_when_it_is_optimised_is_loaded_as_it_is()
    {
        await using var small = await RegistryHost.StartAsync(("Registry:Sessions:LoadMemoryBytes", $"{512L << 20}"));
        var model = await small.RegisterAsync();

        await small.UploadAsync(model, new UploadBody { Model = Unfolding(1L << 30).ToArray() });
        await small.UploadAsync(model, new UploadBody { Model = Unfolding(1 << 10).ToArray() });
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(256_000_000, 60)]
    [InlineData(276_000_000, 61)]
    [InlineData(2_416_000_000, 168)]
    public void A_larger_file_may_take_longer(long bytes, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new ModelSessionOptions().TimeoutFor(bytes));

    [Fact]
    public async Task A_request_that_finds_too_many_waiting_is_refused_at_once()
    {
        await using var narrow = await RegistryHost.StartAsync(("Registry:Sessions:MaxConcurrent", "1"), ("Registry:Sessions:MaxWaiting", "0"));
        var processes = narrow.Services.GetRequiredService<VettingProcesses>();
        using var held = new SemaphoreSlim(0);
        using var release = new CancellationTokenSource();
        var model = await narrow.RegisterAsync();
        var holding = processes.UseAsync<Holding, int>(0, processes.BoundOfRunning, talk =>
        {
            held.Release();
            return talk.Hear<int>();
        }, release.Token);
        await held.WaitAsync();

        using var refused = await narrow.Http.PostAsync($"/v1/models/{model}/versions", new UploadBody().ToContent());
        await Task.FromResult(refused).ProblemAsync(HttpStatusCode.TooManyRequests, "registry.busy");
        Assert.NotNull(refused.Headers.RetryAfter);

        await release.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => holding);
        await narrow.UploadAsync(model, new UploadBody());
    }

    [Fact]
    public async Task How_files_were_tried_out_is_counted()
    {
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, new UploadBody());
        await registry.Http.PostAsync($"/v1/models/{model}/versions", new UploadBody { Model = "not a model"u8.ToArray() }.ToContent());

        var metrics = await registry.Http.GetStringAsync("/metrics");
        Assert.Matches(@"platform_registry_vetting_duration_seconds_count\{.*outcome=""passed"".*\} [1-9]", metrics);
        Assert.Matches(@"platform_registry_vetting_duration_seconds_count\{.*outcome=""refused"".*\} [1-9]", metrics);
    }

    [Theory]
    [InlineData("Registry:Sessions:MaxMemoryBytes", "-1")]
    [InlineData("Registry:Sessions:LoadMemoryBytes", "1000")]
    [InlineData("Registry:Sessions:MaxWaiting", "-1")]
    public async Task Bounds_that_cannot_be_are_refused_at_the_start(string setting, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => RegistryHost.StartAsync((setting, value)));

    /// <summary>A constant that is written down as a shape and has so many bytes once it is folded.</summary>
    private static OnnxFile Unfolding(long bytes) => new OnnxFile()
        .Input("x", Datatype.FP32, "n", 1).Constant("shape", Datatype.Int64, [2], 1L, bytes / 4)
        .Node("ConstantOfShape", ["shape"], ["zeros"]).Node("Cos", ["zeros"], ["ones"]).Node("Add", ["x", "ones"], ["y"])
        .Output("y", Datatype.FP32, "n", "k");

    private static Task KillChildrenAsync(string signal, Task promotion) => Eventually.TrueAsync(() =>
    {
        foreach (var child in BusyChildren())
        {
            using var kill = Process.Start("kill", [$"-{signal}", child]);
            kill.WaitForExit();
        }
        return promotion.IsCompleted;
    }, "the promotion is answered");

    /// <summary>Numbers of this process's children that have computed for so long that they must be running the model.</summary>
    private static List<string> BusyChildren()
    {
        var found = new List<string>();
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(folder)[0]) || Read(Path.Combine(folder, "stat")) is not { } stat) continue;
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var (state, parent, processorTime) = (fields[0], fields[1], long.Parse(fields[11], CultureInfo.InvariantCulture));
            if (parent == $"{Environment.ProcessId}" && state != "Z" && processorTime > Ticks) found.Add(Path.GetFileName(folder));
        }

        return found;
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
