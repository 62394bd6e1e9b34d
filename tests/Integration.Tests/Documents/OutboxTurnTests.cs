using Platform.Hosting.Outbox;
using Platform.Integration.Tests.Servers;

namespace Platform.Integration.Tests.Documents;

[Collection(ServersCollection.Name)]
public sealed class OutboxTurnTests(PostgresServer server)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TestDatabase _database = new(server);

    [Fact]
    public async Task Only_one_process_has_the_turn_and_the_next_gets_it_when_it_is_given_back()
    {
        await using var one = _database.Open();
        await using var two = _database.Open();
        var first = await one.TakeOutboxTurnAsync(CancellationToken.None);
        var second = two.TakeOutboxTurnAsync(CancellationToken.None).AsTask();
        await two.LastSequenceAsync(CancellationToken.None);
        Assert.False(second.IsCompleted);

        await first.DisposeAsync();

        await using var turn = await second.WaitAsync(Deadline);
        Assert.False(turn.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_process_whose_connection_breaks_hears_that_its_turn_is_lost()
    {
        await using var one = _database.Open();
        await using var two = _database.Open();
        await using var turn = await one.TakeOutboxTurnAsync(CancellationToken.None);
        var lost = new TaskCompletionSource();
        turn.Lost.Register(lost.SetResult);
        var next = two.TakeOutboxTurnAsync(CancellationToken.None).AsTask();

        await _database.BreakConnectionsAsync("pid in (select pid from pg_locks where locktype = 'advisory')");

        await lost.Task.WaitAsync(Deadline);
        await (await next.WaitAsync(Deadline)).DisposeAsync();
    }
}
