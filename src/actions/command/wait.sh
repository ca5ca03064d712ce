waiting=$(mktemp -d)
cat >"$waiting/ready" @@READY@@
cat >"$waiting/lost" @@LOST@@
lost() { timeout 30 sh -eu "$waiting/lost" "$1" </dev/null 2>/dev/null | head -n 1; }
began=$(date +%s)
until timeout 60 sh -eu "$waiting/ready" </dev/null >"$waiting/seen" 2>&1; do
  waited=$(($(date +%s) - began))
  # At the limit also what a moment ago was no reason to give up.
  if [ "$waited" -ge @@SECONDS@@ ]; then why=$(lost 86400); else why=$(lost "$waited"); fi
  if [ -n "$why" ] || [ "$waited" -ge @@SECONDS@@ ]; then
    tail -n 5 "$waiting/seen" | @@MASK_URLS@@ >&2
    echo "after $waited s not so: "@@WHAT@@". ${why:-Found: $(tail -n 1 "$waiting/seen" | @@MASK_URLS@@)}" >&2
    rm -rf "$waiting"
    exit 1
  fi
  sleep 0.5
done
cat "$waiting/seen"
rm -rf "$waiting"
