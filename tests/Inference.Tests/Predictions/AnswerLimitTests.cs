using System.Net;
using System.Runtime.InteropServices;
using Platform.Inference.Tests.Jobs;
using Platform.TestModels;

namespace Platform.Inference.Tests.Predictions;

/// <summary>The memory that an answer may take, and that all may take together.</summary>
public sealed class AnswerLimitTests : IAsyncLifetime
{
    private const int Limit = 5 << 20;
    private const int Budget = 8 << 20;

    /// <summary>An answer of so many numbers takes almost all of the budget, with the output that it is made of.</summary>
    private const int Most = 1_040_000;

    private InferenceHost _host = null!;

    public async Task InitializeAsync() => _host = await InferenceHost.StartAsync(
        registry => registry.Deploy("repeat", "1", TinyModels.Repeat()),
        new("Inference:MaxAnswerBytes", $"{Limit}"), new("Inference:MaxAnswerBytesInProgress", $"{Budget}"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Outputs_beyond_it_are_the_callers_fault() =>
        Assert.Contains("[1500000] is too large to send", await InferTests.ErrorAsync(SendAsync(1_500_000, raw: true), HttpStatusCode.BadRequest));

    [Fact]
    public async Task Text_beyond_it_is_the_callers_fault_and_the_same_numbers_may_come_raw()
    {
        Assert.Contains("ask for fewer outputs, for raw ones", await InferTests.ErrorAsync(SendAsync(700_000, raw: false), HttpStatusCode.BadRequest));
        Assert.Equal(700_000, await ReadAsync(700_000));
    }

    [Fact]
    public async Task Small_and_large_answers_in_turns_are_right()
    {
        foreach (var times in new[] { 2, 2, 2, Most, 2, 2, 2, Most, 3, 2 }) Assert.Equal(times, await ReadAsync(times));
    }

    [Fact]
    public async Task A_job_whose_answer_is_too_large_fails_with_that_reason()
    {
        var id = await _host.Http.AcceptedAsync("repeat", Body(700_000, raw: false));

        var job = await _host.Http.JobAsync(id, "failed");

        Assert.Equal("inference.answer_too_large", (string?)job["error"]!["code"]);
    }

    [Fact]
    public async Task An_answer_beyond_what_all_may_take_finds_room_at_no_time()
    {
        Assert.Contains("ask for fewer outputs", await InferTests.ErrorAsync(SendAsync(Most + 50_000, raw: true), HttpStatusCode.BadRequest));

        // Each takes more than half: what one kept would show at the next.
        for (var i = 0; i < 4; i++) Assert.Equal(Most, await ReadAsync(Most));
    }

    private async Task<int> ReadAsync(int times)
    {
        using var response = await SendAsync(times, raw: true);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = await response.Content.ReadAsByteArrayAsync();
        var json = int.Parse(response.Headers.GetValues("Inference-Header-Content-Length").Single());
        var numbers = MemoryMarshal.Cast<byte, float>(body.AsSpan(json));
        Assert.False(numbers.ContainsAnyExcept(0.12345f));
        return numbers.Length;
    }

    private Task<HttpResponseMessage> SendAsync(int times, bool raw) => _host.PostAsync("/v2/models/repeat/infer", Body(times, raw));

    private static string Body(int times, bool raw) => $$$"""
        {"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[0.12345]},{"name":"times","shape":[1],"datatype":"INT64","data":[{{{times}}}]}],
         "parameters":{"binary_data_output":{{{(raw ? "true" : "false")}}}}}
        """;
}
