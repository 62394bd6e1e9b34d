using Platform.Contracts.Registry;

namespace Platform.Inference.Routing;

/// <summary>
/// How the requests to an alias are divided among versions. Challengers take the lowest points, one after the other, and the champion the rest:
/// where the share of the only challenger changes, no more keys change their version than the change is large.
/// </summary>
internal sealed class TrafficSplit
{
    private readonly long _seed;
    private readonly (string Version, int End)[] _challengers;
    private readonly int _shadowed;

    public TrafficSplit(string model, IReadOnlyList<DeploymentShare> shares)
    {
        (Shares, _seed) = (shares, TrafficPoint.SeedOf(model));
        _challengers = Bounds(shares).ToArray();
        var shadow = shares.FirstOrDefault(share => share.Role == RouteRole.Shadow);
        (Shadow, _shadowed) = (shadow?.Version, TrafficPoint.PointsOf(shadow?.Weight ?? 0));
    }

    public IReadOnlyList<DeploymentShare> Shares { get; }

    /// <summary>The version that answers once more what the champion has answered; null where none does.</summary>
    public string? Shadow { get; }

    /// <summary>The versions beside the champion, which are loaded as long as the split lasts.</summary>
    public static IEnumerable<string> Others(IReadOnlyList<DeploymentShare> shares) =>
        shares.Where(share => share.Role is RouteRole.Challenger or RouteRole.Shadow).Select(share => share.Version).Distinct();

    /// <summary>The challenger that a request goes to; null where it is the champion's.</summary>
    /// <param name="key">The caller's key, which always leads to the same version; null for any.</param>
    /// <param name="role">The role that the caller asks for; what is none, or another one, changes nothing.</param>
    public string? ChooseChallenger(string? key, string? role)
    {
        if (_challengers.Length == 0 || role == RouteRole.Champion) return null;
        if (role == RouteRole.Challenger) return _challengers[0].Version;
        var point = key is null ? TrafficPoint.Random() : TrafficPoint.Of(key, _seed);
        foreach (var (version, end) in _challengers)
            if (point < end) return version;
        return null;
    }

    /// <summary>Whether the shadow answers this request, too: sticky, as the split itself.</summary>
    public bool IsShadowed(string? key) =>
        _shadowed > 0 && (_shadowed == TrafficPoint.Count || (key is null ? TrafficPoint.Random() : TrafficPoint.Of(key, _seed)) < _shadowed);

    private static IEnumerable<(string Version, int End)> Bounds(IReadOnlyList<DeploymentShare> shares)
    {
        var end = 0;
        foreach (var share in shares.Where(share => share.Role == RouteRole.Challenger))
            yield return (share.Version, end += TrafficPoint.PointsOf(share.Weight));
    }
}
