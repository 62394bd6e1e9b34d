using Microsoft.Extensions.Options;
using Platform.Hosting.Access;

namespace Platform.Hosting.Tests.Access;

/// <summary>How services know each other: by a secret that each has and none sends.</summary>
public sealed class ServiceTokenTests
{
    private static readonly string Old = new('o', 32);
    private static readonly string New = new('n', 32);

    private readonly Clock _clock = new();

    [Fact]
    public void A_service_is_known_by_its_token_and_may_see_and_not_change()
    {
        var token = Tokens(Old, "inference").Issue()!;
        Assert.DoesNotContain(Old, token, StringComparison.Ordinal);
        Assert.True(Tokens(Old, "registry").Find(token).Succeeded(out var caller, out _));
        Assert.Equal(("service:inference", true), (caller.Name, caller.IsService));
        Assert.Equal([Permission.Observe], Enum.GetValues<Permission>().Where(permission => caller.Permits(permission)));
    }

    [Fact]
    public void A_token_is_made_anew_in_time_and_of_no_use_for_long()
    {
        var (here, there) = (Tokens(Old, "inference"), Tokens(Old, "registry"));
        var token = here.Issue()!;
        Assert.Equal(token, here.Issue());
        _clock.Now += TimeSpan.FromMinutes(4);
        Assert.True(Knows(there, token));
        var next = here.Issue()!;
        Assert.NotEqual(token, next);
        _clock.Now += TimeSpan.FromMinutes(3);
        Assert.False(Knows(there, token));
        Assert.True(Knows(there, here.Issue()!));
        _clock.Now -= TimeSpan.FromHours(1); // a token of the future is somebody's who has made it last
        Assert.False(Knows(there, next));
    }

    [Fact]
    public void What_was_changed_or_made_with_another_secret_is_not_taken()
    {
        var (token, there) = (Tokens(Old, "inference").Issue()!, Tokens(Old, "registry"));
        Assert.False(Knows(there, Tokens(New, "inference").Issue()!));
        Assert.False(Knows(there, token.Replace("inference", "gateway", StringComparison.Ordinal)));
        Assert.False(Knows(there, token[..^1] + (token[^1] == 'A' ? 'B' : 'A')));
        Assert.False(Knows(there, token + "A"));
        Assert.False(Knows(there, token[..^1] + "é"));
        foreach (var part in (string[])["svc_", "svc_.", "svc_..", "svc_a.1.", $"svc_.{token[^43..]}", $"svc_a.-1.{token[^43..]}", $"svc_a.99999999999999999999.{token[^43..]}"])
            Assert.False(Knows(there, part), part);
    }

    [Fact]
    public void The_secret_is_replaced_while_services_run()
    {
        var rounds = new[] { Old, $"{Old} {New}", $"{New}\n{Old}\n", New }.Select(secret => Tokens(secret, "any")).ToList();
        foreach (var (before, after) in rounds.Zip(rounds.Skip(1)))
        {
            Assert.True(Knows(before, after.Issue()!));
            Assert.True(Knows(after, before.Issue()!));
        }
        Assert.False(Knows(rounds[^1], rounds[0].Issue()!));
    }

    [Fact]
    public void Where_nobody_is_asked_no_service_says_who_it_is() =>
        Assert.Null(new ServiceTokens(ServiceSecrets.None, new ServiceName("standalone"), TimeProvider.System).Issue());

    private ServiceTokens Tokens(string secret, string service) =>
        new(new ServiceSecrets(Options.Create(new AccessOptions { ServiceSecret = secret })), new ServiceName(service), _clock);

    private static bool Knows(ServiceTokens tokens, string token) => ServiceTokens.IsToken(token) && tokens.Find(token).Succeeded(out _, out _);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 15, 9, 30, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
