using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Access;
using Platform.Hosting.Keys;

namespace Platform.Hosting.Tests.Access;

public sealed class KeyTableTests
{
    private readonly string _key = KeyFormat.Create();
    private readonly KeyTable _table = new(TimeProvider.System);

    [Fact]
    public void Finding_out_who_holds_a_key_leaves_nothing_to_the_garbage_collector()
    {
        _table.Apply(Snapshot(Describe("ann")));
        var options = Options.Create(new AccessOptions());
        var identification = new Identification(_table, new ServiceTokens(new ServiceSecrets(options), new ServiceName("test"), TimeProvider.System), null!);
        var context = new DefaultHttpContext { Request = { Headers = { Authorization = $"Bearer {_key}" } } };
        Assert.Equal("ann", NameOf(identification, context));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var request = 0; request < 1000; request++) NameOf(identification, context);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000); // not one byte a request
    }

    [Fact]
    public void A_key_that_stays_goes_on_and_one_that_is_gone_or_allows_something_else_ends()
    {
        _table.Apply(Snapshot(Describe("ann")));
        var caller = Find()!;
        _table.Apply(Snapshot(Describe("ann")));
        Assert.Same(caller, Find());
        Assert.False(caller.Ended.IsCancellationRequested);

        _table.Apply(Snapshot(Describe("ann") with { Permissions = [new PermissionGrant { Permission = "observe" }] }));
        Assert.True(caller.Ended.IsCancellationRequested);
        Assert.True(Find()!.Permits(Permission.Observe));
        Assert.False(Find()!.Permits(Permission.Infer));

        var changed = Find()!;
        _table.Apply(Snapshot());
        Assert.True(changed.Ended.IsCancellationRequested);
        Assert.Null(Find());
    }

    [Fact]
    public async Task A_use_is_told_once()
    {
        _table.Apply(Snapshot(Describe("ann")));
        var told = new List<KeyUse>();
        await TellAsync(told);
        Assert.Empty(told);
        Find();
        await Assert.ThrowsAsync<HttpRequestException>(() => _table.TellUsesAsync(_ => throw new HttpRequestException("away")));
        await TellAsync(told);
        await TellAsync(told);
        Assert.Equal("ann-id", Assert.Single(told).Id);
    }

    [Theory]
    [InlineData("infer", null, null, true, true, true)]
    [InlineData("infer", "one", null, false, true, false)]
    [InlineData("observe", null, null, false, false, false)]
    [InlineData("everything", null, null, false, false, false)]
    public void A_grant_is_for_all_models_or_for_those_that_it_names(string permission, string? model, string? alias, bool all, bool one, bool two)
    {
        var grants = new Grants([new PermissionGrant { Permission = permission, Models = model is null ? null : [model], Aliases = alias is null ? null : [alias] }]);
        Assert.Equal((all, one, two), (grants.Allow(Permission.Infer, null, null), grants.Allow(Permission.Infer, "one", null), grants.Allow(Permission.Infer, "two", null)));
        Assert.Equal(all || one, grants.AllowSome(Permission.Infer, null));
    }

    private Caller? Find() => _table.Find(_key).Succeeded(out var caller, out _) ? caller : null;

    private Task TellAsync(List<KeyUse> told) => _table.TellUsesAsync(uses =>
    {
        told.AddRange(uses);
        return Task.CompletedTask;
    });

    private static string? NameOf(Identification identification, HttpContext context)
    {
        var identified = identification.IdentifyAsync(context);
        return identified.IsCompletedSuccessfully && identified.Result.Succeeded(out var caller, out _) ? caller.Name : null;
    }

    private KeyDescription Describe(string name) =>
        new() { Id = $"{name}-id", Name = name, Sha256 = KeyFormat.Digest(_key), Permissions = [new PermissionGrant { Permission = "infer", Models = ["one", "two"] }] };

    private static KeySnapshot Snapshot(params IReadOnlyList<KeyDescription> keys) => new() { Items = keys };
}
