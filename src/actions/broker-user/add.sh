if @@AUTHENTICATE@@
then
  echo @@SAY_THERE@@
elif rabbitmqctl --silent list_users </dev/null | cut -f1 | grep -qxF -e @@USER@@; then
  @@CHANGE_PASSWORD@@
  echo @@SAY_CHANGED@@
else
  @@ADD_USER@@
  echo @@SAY_ADDED@@
fi
rabbitmqctl --silent set_permissions -p @@VHOST@@ @@USER@@ '.*' '.*' '.*' </dev/null
