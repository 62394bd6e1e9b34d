using Microsoft.AspNetCore.Routing;
using Platform.Hosting.Errors;

namespace Platform.Hosting.Access;

/// <summary>Lets a request through to its route if its caller may call that, and tells the handler who is asking.</summary>
internal sealed class AccessGate(Identification identification, SignedAddresses addresses, CallerLimit limit, AccessRefusals refusals)
{
    /// <summary>Behind routing. What has no route, or not with this method, answers nothing that needs a key.</summary>
    public Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint) return next(context);
        var rule = endpoint.Metadata.GetMetadata<AccessRuleAttribute>();
        if (rule is AllowAnybodyAttribute { AsksWho: { } asksWho } && !asksWho()) return next(context);
        var identified = identification.IdentifyAsync(context);
        return identified.IsCompletedSuccessfully
            ? Admit(context, rule, identified.Result, next)
            : AdmitAsync(context, rule, identified, next);
    }

    private async Task AdmitAsync(HttpContext context, AccessRuleAttribute? rule, ValueTask<Result<Caller>> identified, RequestDelegate next) =>
        await Admit(context, rule, await identified, next);

    private Task Admit(HttpContext context, AccessRuleAttribute? rule, Result<Caller> identified, RequestDelegate next)
    {
        if (identified.Succeeded(out var caller, out var unproved)) context.Features.Set(caller);
        if (rule is AllowAnybodyAttribute) return next(context);
        if (limit.IsExceeded(context)) return ErrorSurfaces.WriteAsync(context, refusals.Limit());
        var isSigned = SignedAddresses.IsSigned(context);
        if (isSigned && addresses.Admits(context.Request)) return next(context);
        if (unproved is not null) return ErrorSurfaces.WriteAsync(context, Refuse(context, isSigned ? AccessErrors.AddressRefused : unproved));
        return Judge(context, rule, caller!) is { } refusal ? DenyAsync(context, refusals.Deny(context, refusal)) : next(context);
    }

    private static async Task DenyAsync(HttpContext context, Error refusal)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<DenialReaction>() is { } reaction) await reaction.ReactAsync(context, refusal);
        await ErrorSurfaces.WriteAsync(context, refusal);
    }

    private Error Refuse(HttpContext context, Error unproved) =>
        unproved.Status == StatusCodes.Status401Unauthorized ? refusals.Challenge(context, unproved) : unproved;

    private static Error? Judge(HttpContext context, AccessRuleAttribute? rule, Caller caller) => rule switch
    {
        RequirePermissionAttribute required => Judge(context.Request.RouteValues, required, caller),
        RequireServiceAttribute => caller.IsService ? null : AccessErrors.ServicesOnly,
        _ => AccessErrors.NoPermission,
    };

    private static Error? Judge(RouteValueDictionary path, RequirePermissionAttribute required, Caller caller)
    {
        var (model, alias) = (path[required.Model] as string, path["alias"] as string);
        foreach (var permission in required.Permissions)
            if (required.Scope == PermissionScope.Handler ? caller.PermitsSome(permission, model) : caller.Permits(permission, model, alias)) return null;
        return AccessErrors.Denied(required.Names, model, alias);
    }
}
