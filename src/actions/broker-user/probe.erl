Look = fun({User, Password}) ->
  Login = case rabbit_access_control:check_user_pass_login(User, Password) of
    {ok, _} -> "accepted";
    _ -> "refused"
  end,
  Rights = case catch rabbit_auth_backend_internal:list_user_permissions(User) of
    Found when is_list(Found) -> Found;
    _ -> []
  end,
  io:format("~s~n", [Login]),
  [io:format("~ts	~ts	~ts	~ts~n", [V, C, W, R]) || [{vhost, V}, {configure, C}, {write, W}, {read, R}] <- Rights]
end,
@@LOOKS@@.
