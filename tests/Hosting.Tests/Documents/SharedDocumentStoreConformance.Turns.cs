using Platform.Hosting.Documents;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents;

// What one process at a time may do.
public abstract partial class SharedDocumentStoreConformance
{
    [Fact]
    public async Task Only_one_process_has_the_turn_and_the_next_gets_it_when_it_is_given_back()
    {
        var (one, two) = (OpenProcess(), OpenProcess());
        var first = await one.TakeTurnAsync("work", "one", CancellationToken.None);
        var second = two.TakeTurnAsync("work", "two", CancellationToken.None).AsTask();
        await two.LastSequenceAsync(CancellationToken.None);
        Assert.False(second.IsCompleted);

        await first.DisposeAsync();

        await using var turn = await second.PatientlyAsync();
        Assert.False(turn.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Turns_of_different_names_are_taken_independently_and_say_who_has_them()
    {
        var (one, two) = (OpenProcess(), OpenProcess());
        await using var first = await one.TakeTurnAsync("work", "http://one", CancellationToken.None);
        await using var second = await two.TakeTurnAsync("play", "http://two", CancellationToken.None);

        Assert.Equal("http://one", await two.FindTurnHolderAsync("work", CancellationToken.None));
        Assert.Equal("http://two", await one.FindTurnHolderAsync("play", CancellationToken.None));
        Assert.Null(await one.FindTurnHolderAsync("rest", CancellationToken.None));
    }

    [Fact]
    public async Task A_guarded_commit_of_a_process_that_has_lost_its_turn_is_refused()
    {
        var (one, two) = (OpenProcess(), OpenProcess());
        var turn = await one.TakeTurnAsync("work", "one", CancellationToken.None);
        Assert.Null(await one.CommitAsync(turn.Guard(new DocumentBatch().Put("notes", "a", 1, 0)), CancellationToken.None));
        Assert.Null(await one.CommitAsync(turn.Guard(new DocumentBatch().Put("notes", "a", 2, 1)), CancellationToken.None));
        await turn.DisposeAsync();
        await using var next = await two.TakeTurnAsync("work", "two", CancellationToken.None);

        var late = await one.CommitAsync(turn.Guard(new DocumentBatch().Put("notes", "a", 3, 2)), CancellationToken.None);

        Assert.Equal("turns", late!.Collection);
        Assert.Equal(2, (await two.GetAsync<int>("notes", "a", CancellationToken.None))!.Value);
    }
}
