@echo off
setlocal
pushd "%~dp0" || goto :end
set "PATH=%~dp0;%PATH%"
call zhuanlan build
popd
:end
pause
