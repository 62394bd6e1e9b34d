using Microsoft.Extensions.Options;
using Platform.Explainer.Explanations;
using Platform.Explainer.Global;
using Platform.Explainer.Settings;
using Platform.Hosting.Errors;
using Platform.TestKit;

namespace Platform.Explainer.Tests.Global;

public sealed class GlobalAnswersTests : IDisposable
{
    private readonly Clock _time = new();
    private readonly GlobalAnswers _answers;
    private int _computed;

    public GlobalAnswersTests() => _answers = new GlobalAnswers(Options.Create(new ExplainerOptions()), _time);

    public void Dispose() => _answers.Dispose();

    [Fact]
    public async Task Whoever_asks_the_same_gets_the_same_computation()
    {
        var first = Ask("a", new Answer(1));
        await first.Result.PatientlyAsync();

        Assert.Same(first, Ask("a", new Answer(1)));
        Assert.Equal(1, _computed);
        Assert.NotSame(first, Ask("b", new Answer(1)));
    }

    [Fact]
    public async Task A_failure_is_told_for_a_minute_and_then_tried_again()
    {
        var failed = Ask("a", ExplanationErrors.Busy());
        await failed.Result.PatientlyAsync();
        await Eventually.TrueAsync(() => failed.EndedAt is not null, "its end is noted");

        Assert.Same(failed, Ask("a", new Answer(1)));
        _time.Now += TimeSpan.FromMinutes(1);
        Assert.NotSame(failed, Ask("a", new Answer(1)));
    }

    [Fact]
    public async Task A_fault_is_thrown_at_those_who_wait_and_not_kept()
    {
        var faulted = Begin("a", () => throw new InvalidOperationException("a fault of ours"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => faulted.Result.PatientlyAsync());

        Assert.NotSame(faulted, Ask("a", new Answer(1)));
    }

    [Fact]
    public async Task What_was_used_longest_ago_goes_first_when_the_answers_are_large()
    {
        var large = Ask("large", new Answer(1_500_000));
        await large.Result.PatientlyAsync();
        var small = Ask("small", new Answer(400_000));
        await small.Result.PatientlyAsync();
        Assert.Same(large, Ask("large", new Answer(1)));
        var next = Ask("next", new Answer(400_000));
        await Eventually.TrueAsync(() => next.EndedAt is not null, "its end is noted");

        Assert.Same(large, Ask("large", new Answer(1)));
        Assert.NotSame(small, Ask("small", new Answer(1)));
    }

    private GlobalComputation Begin(string key, Func<Result<IGlobalAnswer>> result)
    {
        Assert.True(_answers.Ask(key, (_, _) =>
        {
            Interlocked.Increment(ref _computed);
            return Task.FromResult(result());
        }).Succeeded(out var computation, out var error), error?.Detail);
        return computation!;
    }

    private GlobalComputation Ask(string key, Answer answer) => Begin(key, () => answer);

    private GlobalComputation Ask(string key, Error error) => Begin(key, () => error);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed record Answer(int Weight) : IGlobalAnswer;
}
