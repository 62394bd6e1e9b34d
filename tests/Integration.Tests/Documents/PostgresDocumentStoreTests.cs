using Platform.Hosting.Documents;
using Platform.Hosting.Tests.Documents;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.Documents;

[Collection(ServersCollection.Name)]
public sealed class PostgresDocumentStoreTests(PostgresServer server) : SharedDocumentStoreConformance
{
    private readonly TestDatabase _database = new(server);

    protected override IDocumentStore Open() => _database.Open();

    [Fact]
    public async Task A_process_whose_connection_breaks_hears_that_its_turn_is_lost()
    {
        var (one, two) = (OpenProcess(), OpenProcess());
        await using var turn = await one.TakeTurnAsync("work", "one", CancellationToken.None);
        var lost = new TaskCompletionSource();
        turn.Lost.Register(lost.SetResult);
        var next = two.TakeTurnAsync("work", "two", CancellationToken.None).AsTask();

        await _database.BreakConnectionsAsync("pid in (select pid from pg_locks where locktype = 'advisory')");

        await lost.Task.PatientlyAsync();
        await (await next.PatientlyAsync()).DisposeAsync();
    }
}
